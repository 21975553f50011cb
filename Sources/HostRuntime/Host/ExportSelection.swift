import HostModel

/// Which part of the live roster is exported. Nil: all of it.
package struct ExportSelection: Sendable, Equatable {
  package var integration: IntegrationID?
  package var kinds: [RecordKind]
  package init(integration: IntegrationID? = nil, kinds: [RecordKind] = RecordKind.inExportOrder) {
    self.integration = integration
    self.kinds = kinds
  }
}

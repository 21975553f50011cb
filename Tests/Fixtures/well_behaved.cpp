// The provider of well_behaved.c as a vendor would write it in C++17: no exception leaves a call.
#include "sis_plugin.h"

#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

SIS_PLUGIN_MANIFEST(
    R"({"manifest":1,"id":"well-behaved-cxx","name":"Test fixture","version":"1.0.0",)"
    R"("abi":{"major":1,"minor":0},"cursorVersion":1,"kinds":["org","user"],"modes":["full"],)"
    R"("rateLimit":{"perMinute":60000},"maxInFlight":2,)"
    R"("auth":[{"scheme":"none"}],"allowedHosts":[],"config":{"type":"object","properties":{}}})");

namespace {

using std::string_view;

sis_bytes bytes(string_view view) { return {view.data(), view.size()}; }

template <typename Struct>
Struct sized() {
  Struct value{};
  value.size = sizeof value;
  return value;
}

class Session {
 public:
  sis_session base = sized<sis_session>();

  sis_status next(const sis_turn &turn, const sis_sink &sink) {
    const sis_header header{bytes("Accept"), bytes("text/plain")};
    for (std::uint32_t used = 0; used < turn.grant && asked_ < 2; used++) {
      auto request = sized<sis_request>();
      request.id = ++asked_;
      request.method = bytes(asked_ == 1 ? "GET" : "POST");
      request.target = bytes(asked_ == 1 ? "/users" : "/more?after=1");
      request.resource = bytes("pages");
      request.headers = &header;
      request.header_count = 1;
      request.expect = SIS_EXPECT_CSV;
      if (asked_ == 2) {
        request.body = bytes("q=1");
        request.flags = SIS_REQUEST_UNSAFE | SIS_REQUEST_NO_AUTH;
      }
      if (sink.request(&sink, &request) < 0) return SIS_E_REFUSED;
    }
    return SIS_OK;
  }

  sis_status feed(const sis_response &response, const sis_sink &sink) {
    // Owned by this call: the host copies what it is given before it returns.
    const std::string id = "S" + std::to_string(response.id);
    const std::vector<sis_field> fields = {
        {SIS_F_ROLE, 7, {}, bytes("student")},         {SIS_F_ROLE_ORG, 7, {}, bytes("3")},
        {SIS_F_SOURCED_ID, 0, {}, bytes(id)},          {SIS_F_IDENTIFIER, 0, bytes("stateId"), bytes("0042")},
        {SIS_F_EXTENSION, 0, bytes("bus"), bytes("12")}, {SIS_F_FAMILY_NAME, 0, {}, response.body},
        {SIS_F_GRADE, 0, {}, bytes("03")},             {SIS_F_GRADE, 0, {}, bytes("02")},
        {SIS_F_GRADE, 0, {}, bytes("03")},             {SIS_F_EMAIL, 0, {}, {}}};
    if (sink.record(&sink, SIS_KIND_USER, fields.data(), fields.size()) < 0) return SIS_E_REFUSED;
    auto reject = sized<sis_reject>();
    reject.kind = SIS_KIND_ORG;
    reject.sourced_id = bytes("9");
    reject.field = SIS_F_NAME;
    reject.reason = bytes("the school has no name");
    if (sink.reject(&sink, &reject) < 0) return SIS_E_REFUSED;
    const char place = static_cast<char>(response.id);
    if (save(sink, SIS_CURSOR_RESUME, {&place, 1}) < 0) return SIS_E_REFUSED;
    return ++answered_ < 2 ? SIS_OK : finish(sink);
  }

 private:
  std::uint64_t asked_ = 0;
  int answered_ = 0;

  static sis_status save(const sis_sink &sink, std::uint32_t purpose, string_view place) {
    auto cursor = sized<sis_cursor>();
    cursor.purpose = purpose;
    cursor.version = 1;
    cursor.bytes = bytes(place);
    return sink.cursor(&sink, &cursor);
  }

  static sis_status finish(const sis_sink &sink) {
    const sis_field scope{SIS_F_PRIMARY_ORG, 0, {}, bytes("3")};
    auto end = sized<sis_end>();
    end.kind = SIS_KIND_USER;
    end.completeness = SIS_COMPLETE;
    end.scope = &scope;
    end.scope_count = 1;
    end.expected = 2;
    sink.note(&sink, SIS_NOTE_WARNING, bytes("field email never seen"));
    if (sink.end(&sink, &end) < 0 || save(sink, SIS_CURSOR_BOOKMARK, "since-1") < 0) return SIS_E_REFUSED;
    return SIS_DONE;
  }
};

template <typename Body>
sis_status guarded(Body body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc &) {
    return SIS_E_NO_MEMORY;
  } catch (...) {
    return SIS_E_INTERNAL;
  }
}

Session &self(sis_session *session) { return *static_cast<Session *>(session->ctx); }

sis_session *open_session(const sis_provider *, const sis_open *, const sis_sink *) {
  auto *session = new (std::nothrow) Session;
  if (session == nullptr) return nullptr;
  session->base.ctx = session;
  session->base.next = [](sis_session *base, const sis_turn *turn, const sis_sink *sink) {
    return guarded([&] { return self(base).next(*turn, *sink); });
  };
  session->base.feed = [](sis_session *base, const sis_response *response, const sis_sink *sink) {
    return guarded([&] { return self(base).feed(*response, *sink); });
  };
  session->base.close = [](sis_session *base) { delete &self(base); };
  return &session->base;
}

const void *extension(const sis_provider *, const char *) { return nullptr; }

const sis_provider table = {
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, nullptr, "well-behaved-cxx", "1.0.0",
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1, open_session, extension};

}  // namespace

const sis_provider *sis_plugin_entry_v1(std::uint32_t host_major, std::uint32_t) {
  return host_major == SIS_ABI_MAJOR ? &table : nullptr;
}

/* Declares that it has no extension fields, and sends a thousand, each of another name; one name forges a
 * line of a log. */
#define FIXTURE_MEMBERS "\"extensions\":[],"
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  (void)session;
  for (int number = 0; number < 1000; number++) {
    char name[64];
    sis_field fields[4];
    snprintf(name, sizeof name, number == 0 ? "forged\nERROR all is lost" : "name-%d", number);
    fields[0] = field(SIS_F_SOURCED_ID, text(name + (number == 0 ? 7 : 0)));
    fields[1] = field(SIS_F_NAME, response->body);
    fields[2] = field(SIS_F_ORG_TYPE, text("school"));
    fields[3] = field(SIS_F_EXTENSION, text("x"));
    fields[3].name = text(name);
    if (sink->record(sink, SIS_KIND_ORG, fields, 4) < 0) return SIS_E_REFUSED;
  }
  return SIS_OK;
}

FIXTURE("undeclared-extensions", next_page, feed)

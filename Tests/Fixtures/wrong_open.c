/* An `open` with one fault, which a macro chooses when the library is built. */
#include "fixture.h"

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("wrong-open", "1"));

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  fixture *self = make_fixture(sink, next_page, take_page);
  (void)provider;
  (void)args;
  if (!self) return NULL;
#if defined(ANSWERS_NOTHING)
  free_fixture(&self->base);
  return NULL;
#elif defined(ANSWERS_A_REASON)
  free_fixture(&self->base);
  fail(sink, SIS_E_CONFIG, 0, "the option word is missing");
  return NULL;
#elif defined(ANSWERS_BOTH)
  fail(sink, SIS_E_CONFIG, 0, "the option word is missing");
#elif defined(ASKS)
  {
    sis_request request = request_for(1, "/page/1");
    sink->request(sink, &request);
  }
#elif defined(EMITS)
  /* It may: what it knows without asking belongs to the first call of `next`. */
  emit_org(sink, 100, text("known at once"));
  save(sink, 0);
  sink->note(sink, SIS_NOTE_INFO, text("opened"));
#elif defined(TOO_SMALL)
  self->base.size = sizeof self->base - 8;
#elif defined(NO_NEXT)
  memset(&self->base.next, 0, sizeof self->base.next);
#elif defined(NO_FEED)
  memset(&self->base.feed, 0, sizeof self->base.feed);
#elif defined(NO_CLOSE)
  memset(&self->base.close, 0, sizeof self->base.close);
#else
#error "Define which fault `open` has."
#endif
#if !defined(ANSWERS_NOTHING) && !defined(ANSWERS_A_REASON)
  return &self->base;
#endif
}

FIXTURE_TABLE("wrong-open", open_session)

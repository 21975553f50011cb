/* sis_plugin.h - the C ABI between the Homeroom host and a SIS provider, version 1.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 * A provider is one shared library (.so) that teaches the host to read one kind of student
 * information system (SIS). It never touches the network, a file, a clock, randomness, a thread or a
 * secret. The host asks it for its next HTTP requests, performs them, hands it the answers, and the
 * provider emits roster records. So a provider is a pure function that happens to live in a shared
 * library: it can be replayed, fuzzed, resumed after a crash, and run in a process without rights.
 *
 *     host                                   provider
 *     ----                                   --------
 *     dlopen, dlsym, entry(1, 0)      ->     sis_provider (a static table)
 *     provider->open(config, cursor)  ->     sis_session
 *     session->next(turn)             ->       sink->request(..) any number up to turn->grant
 *     ... performs the requests ...
 *     session->feed(response)         ->       sink->record(..) .. sink->cursor(..) sink->end(..)
 *     ... until next or feed answers SIS_DONE ...
 *     session->close()
 *
 * RULES THAT HOLD EVERYWHERE
 *
 * Strings and bytes  are {ptr,len}, not NUL-terminated, UTF-8 where they are text. ptr may be NULL only
 *                    when len is 0. `id` and `version` of sis_provider alone are C strings.
 * Lifetime           Whatever is passed to a function is borrowed for that one call, in both directions.
 *                    Nobody frees the other's memory; there is no `free` in this ABI.
 * Growth             A struct that may grow starts with `size`, set by its MAKER to its own sizeof. A
 *                    reader uses a field only if SIS_HAS(pointer, field). A maker sets what it does not
 *                    know to 0. sis_bytes, sis_field and sis_header stand in arrays: they never grow.
 * Context            `ctx` belongs to the struct's maker; the other side never looks at it. Every function
 *                    takes the struct it was found in as its first argument.
 * Threads            [session]  one call at a time for one session, not always from the same thread: use no
 *                               thread-locals. Sessions are independent and may run at the same time.
 *                    [any]      from any thread, at any time, re-entrant.
 *                    A provider starts no thread, installs no signal handler, registers no atexit.
 * Time               A call that takes longer than the host's limit (10 s by default) counts as a crash.
 * Failure            A function that fails reports it with sink->error and returns the same status. Neither
 *                    side lets an exception or longjmp cross the border.
 * Forward            Unknown statuses, kinds, field ids and flags are kept as numbers, never trapped on.
 * Compatibility      A host of 1.n loads a provider built for any 1.m. A new field at the end of a struct,
 *                    a new number in a list, a new extension: minor. Anything else: a new entry symbol.
 *
 * Compiles as C99, C11, C++11 and later; in Swift it is the module CSISPlugin.
 */
#ifndef SIS_PLUGIN_H
#define SIS_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define SIS_ABI_MAJOR 1u
#define SIS_ABI_MINOR 0u

#if defined(__clang__)
#define SIS_NONNULL_BEGIN \
  _Pragma("clang diagnostic push") \
  _Pragma("clang diagnostic ignored \"-Wnullability-extension\"") \
  _Pragma("clang assume_nonnull begin")
#define SIS_NONNULL_END _Pragma("clang assume_nonnull end") _Pragma("clang diagnostic pop")
#define SIS_NULLABLE _Nullable
#define SIS_NONNULL _Nonnull
#else
#define SIS_NONNULL_BEGIN
#define SIS_NONNULL_END
#define SIS_NULLABLE
#define SIS_NONNULL
#endif

#if defined(__GNUC__)
#define SIS_EXPORT __attribute__((visibility("default")))
#else
#define SIS_EXPORT
#endif

/* Does the maker of *p know this field? Usable on every struct that starts with `size`. */
#define SIS_HAS(p, field) \
  ((size_t)(p)->size >= (size_t)((const char *)(&(p)->field + 1) - (const char *)(p)))

#ifdef __cplusplus
extern "C" {
#endif

SIS_NONNULL_BEGIN

/* ---------------------------------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------------------------------- */

/* Borrowed bytes. Frozen: never grows. */
typedef struct sis_bytes {
  const void *SIS_NULLABLE ptr;
  size_t len;
} sis_bytes;

/* A status. >= 0 is progress, < 0 is an error class. */
typedef int32_t sis_status;

#define SIS_OK ((sis_status)0)   /* went well; the session waits for answers or has more to ask */
#define SIS_DONE ((sis_status)1) /* from next and feed: the enumeration is over; only close follows */

/* Error classes. What the host does is its policy; the usual answer stands behind each. */
#define SIS_E_CONFIG ((sis_status)-1)       /* the configuration cannot work: stop, tell the district */
#define SIS_E_AUTH ((sis_status)-2)         /* the SIS refuses the credential: stop, tell the district */
#define SIS_E_FORBIDDEN ((sis_status)-3)    /* no right to a resource that is needed: stop, say which */
#define SIS_E_UNLICENSED ((sis_status)-4)   /* the SIS has not been sold this interface: stop */
#define SIS_E_NOT_FOUND ((sis_status)-5)    /* what must exist does not: wrong base URL or id: stop */
#define SIS_E_THROTTLED ((sis_status)-6)    /* the answer says "slow down": same request again, later */
#define SIS_E_MAINTENANCE ((sis_status)-7)  /* the SIS is down for maintenance: run again later */
#define SIS_E_TRANSIENT ((sis_status)-8)    /* the answer is a passing failure: same request again */
#define SIS_E_PROTOCOL ((sis_status)-9)     /* the answer is not what the API promises: same again, then stop */
#define SIS_E_SEMANTIC ((sis_status)-10)    /* 200, and the body says that it failed: stop, quote it */
#define SIS_E_CURSOR ((sis_status)-11)      /* cannot read this cursor or bookmark: full read instead */
#define SIS_E_REFUSED ((sis_status)-12)     /* the host refused a sink call: return at once with this */
#define SIS_E_UNSUPPORTED ((sis_status)-13) /* this provider cannot do what was asked (a delta, say) */
#define SIS_E_NO_MEMORY ((sis_status)-14)   /* out of memory */
#define SIS_E_INTERNAL ((sis_status)-15)    /* a bug in the provider, noticed by itself */

/* One HTTP header. Names in lower case in responses. Frozen: never grows. */
typedef struct sis_header {
  sis_bytes name;
  sis_bytes value;
} sis_header;

/* One typed field of a record. Frozen: never grows.
 *
 * id     a SIS_F_... number, which fixes the lexical form of `value` (see "Fields").
 * group  0, or a number from 1 that ties the parts of one composite value together: all SIS_F_ADDRESS_*
 *        with group 2 are the second address. Numbers need only differ within the record.
 * name   the type of an identifier, or the name of an extension field; empty otherwise.
 * value  the text. An EMPTY value means "absent" and is dropped by the host. */
typedef struct sis_field {
  uint32_t id;
  uint32_t group;
  sis_bytes name;
  sis_bytes value;
} sis_field;

/* ---------------------------------------------------------------------------------------------------
 * Records: kinds and fields
 * ------------------------------------------------------------------------------------------------- */

/* The canonical kinds: OneRoster's, and what the sources have and OneRoster lacks. */
#define SIS_KIND_ORG 1u              /* district, school, department ... */
#define SIS_KIND_ACADEMIC_SESSION 2u /* school year, semester, term, grading period */
#define SIS_KIND_COURSE 3u
#define SIS_KIND_CLASS 4u /* a section of a course */
#define SIS_KIND_USER 5u  /* student, teacher, other staff, guardian: one record a person */
#define SIS_KIND_ENROLLMENT 6u
#define SIS_KIND_DEMOGRAPHICS 7u /* sourcedId equals the user's */
#define SIS_KIND_CONTACT 8u      /* who is who to a student: guardian, emergency contact ... */

/* Fields. One number space for all kinds. The lexical form of the value is fixed by the letter:
 *
 *   T text        any UTF-8 without NUL; 1 to 65,536 bytes; the provider trims
 *   W word        [A-Za-z0-9._:-], 1 to 64 bytes; the listed words are canonical, others are kept
 *   I id          a sourcedId of this source: any UTF-8 without control characters, 1 to 255 bytes
 *   D date        YYYY-MM-DD, a real day of the Gregorian calendar
 *   Z date-time   YYYY-MM-DDThh:mm:ss[.fff]Z, UTC
 *   B boolean     true or false
 *   N integer     -?[0-9]+, at most 18 digits, no leading zero
 *
 * + means the field may be repeated (a list; its order carries no meaning, repeats are dropped),
 * # means that it is a part of a composite value: its group must not be 0; a + part forms a list within
 *   its group.
 * A sourcedId must be unique within its kind for one integration, and stay the same for the same thing.
 * Every record needs SIS_F_SOURCED_ID; what else a kind needs is said there. Send fields in rising order
 * of id if you can: it is the host's fast path. */

/* any kind */
#define SIS_F_SOURCED_ID 1u     /* I  needed in every record */
#define SIS_F_STATUS 2u         /* W  active (the same as absent), inactive, dropped, tobedeleted */
#define SIS_F_LAST_MODIFIED 3u  /* Z  the source's own time of its last change */
#define SIS_F_PREVIOUS_ID 4u    /* I  the source changed the id: this was the old one */
#define SIS_F_IDENTIFIER 5u     /* T+ any other id; name = its type: studentNumber, stateId, schoolNumber ... */
#define SIS_F_EXTENSION 6u      /* T+ a vendor's field that this model lacks; name = its name, 1 to 128 bytes */

/* org: needs NAME, ORG_TYPE */
#define SIS_F_NAME 20u       /* T */
#define SIS_F_ORG_TYPE 21u   /* W  district, school, department, local, state, national */
#define SIS_F_PARENT 22u     /* I  org: its parent org; academicSession: its parent session */
#define SIS_F_LOW_GRADE 23u  /* W  a grade, see SIS_F_GRADE */
#define SIS_F_HIGH_GRADE 24u /* W */
#define SIS_F_TIME_ZONE 25u  /* T  IANA name */

/* academicSession, course, class: sessions need TITLE, SESSION_TYPE, BEGIN_DATE, END_DATE; courses TITLE;
 * classes COURSE or TITLE, and SCHOOL */
#define SIS_F_TITLE 40u        /* T */
#define SIS_F_SESSION_TYPE 41u /* W  schoolYear, semester, term, gradingPeriod */
#define SIS_F_SCHOOL_YEAR 42u  /* N  the calendar year in which it ends: 2026 for 2025-26 */
#define SIS_F_CODE 43u         /* T  session: abbreviation; course: course code; class: class code */
#define SIS_F_CLASS_TYPE 44u   /* W  scheduled, homeroom */
#define SIS_F_COURSE 45u       /* I  the course of a class */
#define SIS_F_SCHOOL 46u       /* I  the org that holds the session, class or enrollment */
#define SIS_F_SESSION 47u      /* I+ the academicSessions of a class; the school year of a course */
#define SIS_F_SUBJECT 48u      /* T+ */
#define SIS_F_PERIOD 49u       /* T+ when it meets, as the source writes it */
#define SIS_F_LOCATION 50u     /* T  room */
#define SIS_F_ORG 51u          /* I  the org that offers a course */
#define SIS_F_DEPARTMENT 52u   /* I  the department org of a course or class */

/* user: needs FAMILY_NAME or GIVEN_NAME, and at least one ROLE */
#define SIS_F_USERNAME 70u          /* T  login name in the SIS */
#define SIS_F_ENABLED 71u           /* B  may this person log in and be rostered today */
#define SIS_F_GIVEN_NAME 72u        /* T */
#define SIS_F_MIDDLE_NAME 73u       /* T */
#define SIS_F_FAMILY_NAME 74u       /* T */
#define SIS_F_PREFERRED_GIVEN 75u   /* T */
#define SIS_F_PREFERRED_MIDDLE 76u  /* T */
#define SIS_F_PREFERRED_FAMILY 77u  /* T */
#define SIS_F_EMAIL 78u             /* T  the one to write to; more by SIS_F_EMAIL_ADDRESS */
#define SIS_F_GRADE 79u             /* W+ CEDS: IT PR PK TK KG 01 .. 13 PS UG */
#define SIS_F_ENROLL_STATUS 80u     /* W  active, preRegistered, transferredOut, graduated, historical, inactive */
#define SIS_F_GRADUATION_YEAR 81u   /* N */
#define SIS_F_PRIMARY_ORG 82u       /* I  the school that counts the person */
#define SIS_F_ROLE 83u              /* W# student teacher aide administrator counselor guardian parent relative
                                          proctor principal systemAdministrator siteAdministrator
                                          districtAdministrator staff substitute */
#define SIS_F_ROLE_ORG 84u          /* I# where; absent: the whole district */
#define SIS_F_ROLE_TYPE 85u         /* W# primary, secondary */
#define SIS_F_ROLE_BEGIN 86u        /* D# first day */
#define SIS_F_ROLE_END 87u          /* D# last day, inclusive */
#define SIS_F_ROLE_GRADE 88u        /* W# */
#define SIS_F_PHONE_TYPE 89u        /* W# main, home, work, mobile, sms, other */
#define SIS_F_PHONE_NUMBER 90u      /* T# as the source writes it */
#define SIS_F_ADDRESS_TYPE 91u      /* W# physical, mailing, home, other */
#define SIS_F_ADDRESS_STREET 92u    /* T# */
#define SIS_F_ADDRESS_STREET_2 93u  /* T# */
#define SIS_F_ADDRESS_CITY 94u      /* T# */
#define SIS_F_ADDRESS_STATE 95u     /* T# */
#define SIS_F_ADDRESS_POSTCODE 96u  /* T# */
#define SIS_F_ADDRESS_COUNTRY 97u   /* T# */
#define SIS_F_EMAIL_TYPE 98u        /* W# school, work, home, other */
#define SIS_F_EMAIL_ADDRESS 99u     /* T# */
#define SIS_F_AGENT 100u            /* I+ users who act for this one (OneRoster agents) */

/* enrollment: needs USER, CLASS, ENROLLMENT_ROLE (and uses SCHOOL, STATUS) */
#define SIS_F_USER 120u            /* I */
#define SIS_F_CLASS 121u           /* I */
#define SIS_F_ENROLLMENT_ROLE 122u /* W  student, teacher, aide, administrator, proctor */
#define SIS_F_PRIMARY 123u         /* B  the teacher of record; the primary contact */
#define SIS_F_BEGIN_DATE 124u      /* D  first day (also of an academicSession) */
#define SIS_F_END_DATE 125u        /* D  last day, INCLUSIVE (also of an academicSession) */

/* demographics */
#define SIS_F_BIRTH_DATE 140u         /* D */
#define SIS_F_SEX 141u                /* W  male, female, other, unspecified */
#define SIS_F_RACE 142u               /* W+ americanIndianOrAlaskaNative asian blackOrAfricanAmerican
                                            nativeHawaiianOrOtherPacificIslander white, or the source's code */
#define SIS_F_HISPANIC 143u           /* B  hispanic or latino ethnicity */
#define SIS_F_BIRTH_CITY 144u         /* T */
#define SIS_F_BIRTH_STATE 145u        /* T */
#define SIS_F_BIRTH_COUNTRY 146u      /* T */
#define SIS_F_HOME_LANGUAGE 147u      /* T */
#define SIS_F_RESIDENCY_STATUS 148u   /* T */

/* contact: needs STUDENT and USER (120, the person who is the contact) */
#define SIS_F_STUDENT 160u          /* I  the user who is the student */
#define SIS_F_RELATIONSHIP 161u     /* T  mother, guardian ... as the source says it */
#define SIS_F_CUSTODIAL 162u        /* B */
#define SIS_F_EMERGENCY 163u        /* B */
#define SIS_F_LIVES_WITH 164u       /* B */
#define SIS_F_PICKUP 165u           /* B  may fetch the student */
#define SIS_F_RECEIVES_MAIL 166u    /* B */
#define SIS_F_CONTACT_ORDER 167u    /* N  1 is called first */

/* ---------------------------------------------------------------------------------------------------
 * The sink: how a provider answers, one call long. Made by the host.
 * ------------------------------------------------------------------------------------------------- */

/* What the host should expect of an answer's body, so that it can tell a login page from data. */
#define SIS_EXPECT_ANY 0u
#define SIS_EXPECT_JSON 1u
#define SIS_EXPECT_XML 2u
#define SIS_EXPECT_CSV 3u
#define SIS_EXPECT_ZIP 4u

/* Flags of a request. */
#define SIS_REQUEST_NO_AUTH 1u    /* send no credential with it */
#define SIS_REQUEST_UNSAFE 2u     /* repeating it may do harm: never retry. (GET, HEAD and read-only POST
                                     are repeatable and need no flag.) */

/* One HTTP exchange that the provider wants. The host adds credentials, user agent, accept-encoding; it
 * limits, retries, follows redirects within the origin, inflates, and proves that the body is whole. */
typedef struct sis_request {
  uint32_t size;
  uint32_t flags;        /* SIS_REQUEST_... */
  uint64_t id;           /* the provider's own number for it; comes back in sis_response.id */
  sis_bytes method;      /* GET, POST ... */
  sis_bytes target;      /* "/path?query", appended to the integration's base URL; or an absolute URL whose
                            origin is the base URL's or stands in the manifest's allowedHosts */
  sis_bytes resource;    /* a short constant word for statistics: "students" */
  const sis_header *SIS_NULLABLE headers; /* may include accept; must not include authorization, host ... */
  size_t header_count;
  sis_bytes body;
  uint32_t expect;       /* SIS_EXPECT_... */
  uint32_t reserved;
} sis_request;

/* Purposes of a cursor. */
#define SIS_CURSOR_RESUME 0u   /* where this run goes on after an interruption */
#define SIS_CURSOR_BOOKMARK 1u /* where the NEXT run's delta begins; kept only if this run is published */

/* An opaque place to go on from. At most 65,536 bytes. Everything emitted before it is safe to commit;
 * the host stores it in the same transaction as those records. */
typedef struct sis_cursor {
  uint32_t size;
  uint32_t purpose;     /* SIS_CURSOR_... */
  uint32_t version;     /* the provider's cursor format; see sis_provider.cursor_version */
  uint32_t reserved;
  sis_bytes bytes;
} sis_cursor;

/* How completely something was read. */
#define SIS_COMPLETE 1u /* all records of the kind (in the scope) have been sent in this run */
#define SIS_PARTIAL 2u  /* not all: nothing may be concluded from absence */

#define SIS_COUNT_UNKNOWN UINT64_MAX

/* The end of one kind, whole or within a scope. Only SIS_COMPLETE can ever lead to a removal. */
typedef struct sis_end {
  uint32_t size;
  uint32_t kind;            /* SIS_KIND_... */
  uint32_t completeness;    /* SIS_COMPLETE, SIS_PARTIAL */
  uint32_t reserved;
  const sis_field *SIS_NULLABLE scope; /* none: the kind as a whole. Else: those records of the kind that
                                          have all of these fields with these values, such as
                                          {SIS_F_SCHOOL, "3"} or {SIS_F_ROLE, "student"}; those of # fields
                                          in one and the same composite value */
  size_t scope_count;
  uint64_t expected;        /* the source's own total for it, or SIS_COUNT_UNKNOWN */
} sis_end;

/* A record of the source that cannot be mapped. It is kept aside and counts as present: what is live for
 * this id stays. It never stops a run by itself. */
typedef struct sis_reject {
  uint32_t size;
  uint32_t kind;
  sis_bytes sourced_id;  /* may be empty if even that is not known */
  uint32_t field;        /* SIS_F_... at fault, or 0 */
  uint32_t reserved;
  sis_bytes reason;      /* one sentence for the SIS clerk, without personal data */
} sis_reject;

/* Why a call failed. */
typedef struct sis_error {
  uint32_t size;
  sis_status code;        /* SIS_E_... ; the function returns the same */
  sis_bytes message;      /* one sentence, without personal data or secrets */
  sis_bytes pointer;      /* where in the answer or config: a JSON pointer, or empty */
  uint64_t request_id;    /* the request it is about, or 0 */
  int64_t retry_after_ms; /* for THROTTLED and MAINTENANCE: what the source asked for; -1 if it did not say */
} sis_error;

/* Levels of a note. */
#define SIS_NOTE_INFO 1u
#define SIS_NOTE_WARNING 2u

typedef struct sis_sink sis_sink;

/* Every function of the sink: [session]; call it only inside open, next or feed, on the thread of that
 * call. Everything passed is copied before it returns. A status < 0 means that the host will take no
 * more: return SIS_E_REFUSED from the call at once. */
struct sis_sink {
  uint32_t size;
  uint32_t reserved;
  void *SIS_NULLABLE ctx;

  /* Ask for an HTTP exchange. At most turn->grant a call in `next`, response->grant in `feed`. */
  sis_status (*request)(const sis_sink *sink, const sis_request *request);

  /* Emit one record. The same id may be emitted again in a run: the last one wins. */
  sis_status (*record)(const sis_sink *sink, uint32_t kind, const sis_field *fields, size_t count);

  /* Report a record of the source that cannot be mapped. */
  sis_status (*reject)(const sis_sink *sink, const sis_reject *reject);

  /* Everything emitted so far is covered by this cursor. At most one of each purpose a call counts: the
   * last. After sink->error no cursor of that call is kept. */
  sis_status (*cursor)(const sis_sink *sink, const sis_cursor *cursor);

  /* Say how completely a kind was read. */
  sis_status (*end)(const sis_sink *sink, const sis_end *end);

  /* Say something for the run's log, without personal data: "field email never seen: missing right?" */
  void (*note)(const sis_sink *sink, uint32_t level, sis_bytes text);

  /* Say why this call fails. All that this call emitted is thrown away. */
  void (*error)(const sis_sink *sink, const sis_error *error);
};

/* ---------------------------------------------------------------------------------------------------
 * The session: one enumeration of one integration. Made by the provider.
 * ------------------------------------------------------------------------------------------------- */

/* What the host grants in one `next`. */
typedef struct sis_turn {
  uint32_t size;
  uint32_t grant;   /* how many requests may be asked for in this call; may be 0 */
  int64_t now_ms;   /* the host's time, milliseconds since 1970 UTC: the only clock there is */
} sis_turn;

/* An answer. Its body is complete and inflated. The host delivers 2xx, 304 and 4xx; it deals itself with
 * redirects, 401, 408, 425, 429 and 5xx (by retrying, and at last by ending the run). */
typedef struct sis_response {
  uint32_t size;
  int32_t http_status;
  uint64_t id;           /* sis_request.id */
  int64_t now_ms;        /* when it arrived */
  const sis_header *SIS_NULLABLE headers; /* names in lower case */
  size_t header_count;
  sis_bytes body;
  uint32_t grant;        /* how many requests may be asked for in this call */
  uint32_t reserved;
} sis_response;

typedef struct sis_session sis_session;

struct sis_session {
  uint32_t size;
  uint32_t reserved;
  void *SIS_NULLABLE ctx;

  /* [session] Ask for requests, up to turn->grant. Called after open, and again whenever grants are free.
   * Asking for none while nothing is in flight and not answering SIS_DONE is an error ("stalled").
   * Answers SIS_OK, SIS_DONE or an error. */
  sis_status (*next)(sis_session *session, const sis_turn *turn, const sis_sink *sink);

  /* [session] Take the answer to one request; several may be in flight and come in any order. Must stand
   * an empty, cut, huge or hostile body. Answers as `next` does. After SIS_E_THROTTLED, _TRANSIENT or
   * _PROTOCOL the host may call again with a new answer to the same request, so such a call must leave
   * the session as it was. */
  sis_status (*feed)(sis_session *session, const sis_response *response, const sis_sink *sink);

  /* [session] The last call, at any point. Frees everything the session holds. */
  void (*close)(sis_session *session);
};

/* ---------------------------------------------------------------------------------------------------
 * The provider: a static table, one a library.
 * ------------------------------------------------------------------------------------------------- */

/* What a session is to read. */
#define SIS_MODE_FULL 0u  /* everything */
#define SIS_MODE_DELTA 1u /* what changed since the bookmark; SIS_E_UNSUPPORTED if it cannot */

typedef struct sis_open {
  uint32_t size;
  uint32_t mode;             /* SIS_MODE_... */
  sis_bytes config;          /* a JSON object: the integration's options, validated against the manifest,
                                with defaults filled in; never a secret */
  sis_bytes cursor;          /* SIS_CURSOR_RESUME of the interrupted run, or empty */
  sis_bytes bookmark;        /* SIS_CURSOR_BOOKMARK of the last published run, or empty */
  uint32_t cursor_version;   /* the version that was given with `cursor` */
  uint32_t bookmark_version;
  uint32_t max_in_flight;    /* the most requests that will ever be granted at one time; at least 1 */
  uint32_t page_size;        /* records a page that the district wishes for; 0: the provider decides */
  int64_t now_ms;
  uint64_t seed;             /* random bits for whoever needs some; the same when replayed */
} sis_open;

typedef struct sis_provider sis_provider;

struct sis_provider {
  uint32_t size;
  uint16_t abi_major;        /* SIS_ABI_MAJOR of the header it was built with */
  uint16_t abi_minor;
  void *SIS_NULLABLE ctx;
  const char *id;            /* "powerschool"; [a-z0-9-], 1 to 64; equal to the manifest's; static */
  const char *version;       /* "1.4.0"; equal to the manifest's; static */
  sis_bytes manifest;        /* the bytes placed by SIS_PLUGIN_MANIFEST; static */
  uint32_t cursor_version;   /* the cursor format this provider writes */
  uint32_t cursor_oldest;    /* the oldest it still reads */

  /* [any] Begin an enumeration. No request may be asked for here. NULL after sink->error. The session is
   * the provider's memory and lives until its close. `provider` is this table. */
  sis_session *SIS_NULLABLE (*SIS_NONNULL open)(const sis_provider *provider, const sis_open *args,
                                                 const sis_sink *sink);

  /* [any] Optional behaviour by id "sis.NAME/REVISION" (third parties: reverse domain). A struct that
   * lives as long as the library, or NULL if unknown. An id never changes its meaning. */
  const void *SIS_NULLABLE (*SIS_NONNULL extension)(const sis_provider *provider, const char *id);
};

/* The entry: the one symbol that a provider exports. [any]
 * Answers a table that lives as long as the library, or NULL if it cannot serve a host of this version.
 * It may be called any number of times and does nothing else: no I/O, no thread. */
#define SIS_ENTRY_SYMBOL_V1 "sis_plugin_entry_v1"
SIS_EXPORT const sis_provider *SIS_NULLABLE sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor);

SIS_NONNULL_END

/* The manifest: a JSON object that the host reads from the file WITHOUT running any code of it. It stands
 * in a section of its own. Use this once, at file scope, and point sis_provider.manifest at it:
 *
 *     SIS_PLUGIN_MANIFEST("{\"manifest\":1,\"id\":\"example\", ...}");
 *     static const sis_provider table = { ..., { sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH }, ... };
 *
 * Its members are listed in plugin-sdk/README.md. */
#define SIS_MANIFEST_SECTION ".sis.manifest"
#if defined(__GNUC__)
#define SIS_PLUGIN_MANIFEST_STORAGE __attribute__((used, section(SIS_MANIFEST_SECTION)))
#else
#define SIS_PLUGIN_MANIFEST_STORAGE
#endif
#define SIS_PLUGIN_MANIFEST(json) \
  SIS_PLUGIN_MANIFEST_STORAGE static const char sis_plugin_manifest[] = json
#define SIS_PLUGIN_MANIFEST_LENGTH (sizeof(sis_plugin_manifest) - 1)

#ifdef __cplusplus
}
#endif

/* The layout on 64-bit platforms, which every maker and reader relies on. */
#if UINTPTR_MAX == 0xFFFFFFFFFFFFFFFFu
#if defined(__cplusplus) && __cplusplus >= 201103L
#define SIS_ASSERT_LAYOUT(name, condition) static_assert(condition, #name)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define SIS_ASSERT_LAYOUT(name, condition) _Static_assert(condition, #name)
#else
#define SIS_ASSERT_LAYOUT(name, condition) typedef char sis_layout_##name[(condition) ? 1 : -1]
#endif
SIS_ASSERT_LAYOUT(bytes, sizeof(sis_bytes) == 16 && offsetof(sis_bytes, len) == 8);
SIS_ASSERT_LAYOUT(header, sizeof(sis_header) == 32 && offsetof(sis_header, value) == 16);
SIS_ASSERT_LAYOUT(field, sizeof(sis_field) == 40 && offsetof(sis_field, name) == 8
                             && offsetof(sis_field, value) == 24);
SIS_ASSERT_LAYOUT(request, sizeof(sis_request) == 104 && offsetof(sis_request, id) == 8
                               && offsetof(sis_request, method) == 16 && offsetof(sis_request, headers) == 64
                               && offsetof(sis_request, body) == 80 && offsetof(sis_request, expect) == 96);
SIS_ASSERT_LAYOUT(cursor, sizeof(sis_cursor) == 32 && offsetof(sis_cursor, bytes) == 16);
SIS_ASSERT_LAYOUT(end, sizeof(sis_end) == 40 && offsetof(sis_end, scope) == 16
                           && offsetof(sis_end, expected) == 32);
SIS_ASSERT_LAYOUT(reject, sizeof(sis_reject) == 48 && offsetof(sis_reject, field) == 24
                              && offsetof(sis_reject, reason) == 32);
SIS_ASSERT_LAYOUT(error, sizeof(sis_error) == 56 && offsetof(sis_error, message) == 8
                             && offsetof(sis_error, request_id) == 40
                             && offsetof(sis_error, retry_after_ms) == 48);
SIS_ASSERT_LAYOUT(sink, sizeof(sis_sink) == 72 && offsetof(sis_sink, request) == 16
                            && offsetof(sis_sink, record) == 24 && offsetof(sis_sink, reject) == 32
                            && offsetof(sis_sink, cursor) == 40 && offsetof(sis_sink, end) == 48
                            && offsetof(sis_sink, note) == 56 && offsetof(sis_sink, error) == 64);
SIS_ASSERT_LAYOUT(turn, sizeof(sis_turn) == 16 && offsetof(sis_turn, now_ms) == 8);
SIS_ASSERT_LAYOUT(response, sizeof(sis_response) == 64 && offsetof(sis_response, id) == 8
                                && offsetof(sis_response, headers) == 24
                                && offsetof(sis_response, body) == 40
                                && offsetof(sis_response, grant) == 56);
SIS_ASSERT_LAYOUT(session, sizeof(sis_session) == 40 && offsetof(sis_session, next) == 16
                               && offsetof(sis_session, feed) == 24 && offsetof(sis_session, close) == 32);
SIS_ASSERT_LAYOUT(open, sizeof(sis_open) == 88 && offsetof(sis_open, config) == 8
                            && offsetof(sis_open, cursor_version) == 56
                            && offsetof(sis_open, now_ms) == 72 && offsetof(sis_open, seed) == 80);
SIS_ASSERT_LAYOUT(provider, sizeof(sis_provider) == 72 && offsetof(sis_provider, id) == 16
                                && offsetof(sis_provider, manifest) == 32
                                && offsetof(sis_provider, cursor_version) == 48
                                && offsetof(sis_provider, open) == 56
                                && offsetof(sis_provider, extension) == 64);
#endif

#endif /* SIS_PLUGIN_H */

// libcurl's setopt and getinfo are variadic, which Swift cannot call: one wrapper an argument kind.
#ifndef HOMEROOM_CCURL_SHIM_H
#define HOMEROOM_CCURL_SHIM_H

#include <curl/curl.h>

static inline CURLcode homeroom_easy_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode homeroom_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode homeroom_easy_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode homeroom_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode homeroom_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
typedef size_t (*homeroom_data_callback)(char *data, size_t size, size_t count, void *context);
static inline CURLcode homeroom_easy_set_callback(CURL *easy, CURLoption option, homeroom_data_callback value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode homeroom_easy_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode homeroom_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode homeroom_easy_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return curl_easy_getinfo(easy, info, (char **)value);
}
static inline CURLMcode homeroom_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

#endif

#ifndef HOMEROOM_COPENSSL_SHIM_H
#define HOMEROOM_COPENSSL_SHIM_H

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/err.h>

#endif

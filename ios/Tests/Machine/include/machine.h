// What a phone and a browser have and Linux must lend: a P-256 key, decoders of pictures, a digest.
#ifndef QSS_TEST_MACHINE_H
#define QSS_TEST_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A private key on P-256; null when OpenSSL gives none.
void *machine_key_new(void);
void machine_key_free(void *key);
// The public point as 04, x, y: 65 bytes.
bool machine_key_public(void *key, uint8_t *point);
// ECDSA with SHA-256 in DER; gives the length, 0 for a failure. 72 bytes are enough.
size_t machine_key_sign(void *key, const uint8_t *content, size_t length, uint8_t *der, size_t room);

// Size of a JPEG.
bool machine_jpeg_size(const uint8_t *jpeg, size_t length, int *width, int *height);
// Its pixels as red, green, blue without gaps.
bool machine_jpeg_rgb(const uint8_t *jpeg, size_t length, uint8_t *rgb, int width, int height);

// A picture in PNG as brightness without gaps; `grey` may be null to ask for the size alone.
bool machine_png_grey(const uint8_t *png, size_t length, uint8_t *grey, int *width, int *height);

// The first number whose SHA-256 behind a name and a colon begins with so many zero bits.
uint64_t machine_work(const char *name, int bits);

// Starts a program with its standard output in a pipe, whose other end `said` is; gives its process.
int machine_start(const char *const *arguments, int *said);
// Waits for a process, after asking it to end if so wished; gives its exit code, -1 for a signal.
int machine_wait(int process, bool end);

#endif

#define _GNU_SOURCE
#include "machine.h"

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <png.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <turbojpeg.h>
#include <unistd.h>

void *machine_key_new(void) { return EVP_EC_gen("P-256"); }

void machine_key_free(void *key) { EVP_PKEY_free(key); }

bool machine_key_public(void *key, uint8_t *point) {
    size_t length = 0;
    return EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, 65, &length) == 1 &&
           length == 65;
}

size_t machine_key_sign(void *key, const uint8_t *content, size_t length, uint8_t *der, size_t room) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t written = room;
    bool signed_well = context != NULL &&
                       EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                       EVP_DigestSign(context, der, &written, content, length) == 1;
    EVP_MD_CTX_free(context);
    return signed_well ? written : 0;
}

bool machine_jpeg_size(const uint8_t *jpeg, size_t length, int *width, int *height) {
    tjhandle decoder = tjInitDecompress();
    int subsampling = 0, colours = 0;
    bool read = decoder != NULL &&
                tjDecompressHeader3(decoder, jpeg, length, width, height, &subsampling, &colours) == 0;
    if (decoder != NULL) tjDestroy(decoder);
    return read;
}

bool machine_jpeg_rgb(const uint8_t *jpeg, size_t length, uint8_t *rgb, int width, int height) {
    tjhandle decoder = tjInitDecompress();
    bool read = decoder != NULL &&
                tjDecompress2(decoder, jpeg, length, rgb, width, 0, height, TJPF_RGB, 0) == 0;
    if (decoder != NULL) tjDestroy(decoder);
    return read;
}

bool machine_png_grey(const uint8_t *png, size_t length, uint8_t *grey, int *width, int *height) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    bool read = png_image_begin_read_from_memory(&image, png, length) != 0;
    *width = (int)image.width;
    *height = (int)image.height;
    image.format = PNG_FORMAT_GRAY;
    if (read && grey != NULL) read = png_image_finish_read(&image, NULL, grey, 0, NULL) != 0;
    png_image_free(&image);
    return read;
}

uint64_t machine_work(const char *name, int bits) {
    for (uint64_t number = 0;; number++) {
        char text[256];
        uint8_t digest[SHA256_DIGEST_LENGTH];
        int length = snprintf(text, sizeof text, "%s:%llu", name, (unsigned long long)number);
        SHA256((const uint8_t *)text, (size_t)length, digest);
        int zeros = 0;
        while (zeros < bits && (digest[zeros / 8] >> (7 - zeros % 8) & 1) == 0) zeros++;
        if (zeros == bits) return number;
    }
}

int machine_start(const char *const *arguments, int *said) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    // Threads of a pool block signals, and a child that inherited that could not be ended.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t process = -1;
    int failure = posix_spawn(&process, arguments[0], &actions, &attributes,
                              (char *const *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    *said = ends[0];
    return failure == 0 ? process : -1;
}

int machine_wait(int process, bool end) {
    int status = 0;
    if (end) kill(process, SIGTERM);
    if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

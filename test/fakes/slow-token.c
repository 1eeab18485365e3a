/*
 * A PKCS#11 module in front of SoftHSM (or TOKEN_MODULE) that is slow and fails when told so.
 * TOKEN_FAULTS names a small text file, read anew at each call: "DELAY_US FAULT SERIAL COUNT".
 * COUNT 0: the fault lasts until the file says otherwise. Else it happens COUNT times, over all processes: each time makes a
 * file TOKEN_FAULTS.SERIAL.N. Every C_Login leaves a line with its answer in TOKEN_FAULTS.logins.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "pkcs11.h"

static CK_FUNCTION_LIST list;
static CK_FUNCTION_LIST_PTR real;
static CK_SLOT_ID slot;
/* Counted for "one-session" only: opened and closed by one thread. */
static int sessions;

struct order { int delay; char fault[32]; int serial; int count; };

static struct order order(void) {
  struct order o = {0, "none", 0, 0};
  const char *path = getenv("TOKEN_FAULTS");
  FILE *f = path ? fopen(path, "r") : NULL;
  if (!f) return o;
  if (fscanf(f, "%d %31s %d %d", &o.delay, o.fault, &o.serial, &o.count) < 2) strcpy(o.fault, "none");
  fclose(f);
  return o;
}

/* Whether this fault is to happen now. */
static int due(struct order o, const char *fault) {
  if (strcmp(o.fault, fault)) return 0;
  if (o.count == 0) return 1;
  for (int n = 0; n < o.count; n++) {
    char mark[4096];
    snprintf(mark, sizeof mark, "%s.%d.%d", getenv("TOKEN_FAULTS"), o.serial, n);
    int fd = open(mark, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (fd >= 0) { close(fd); return 1; }
  }
  return 0;
}

static void hang(void) { for (;;) sleep(3600); }
/* The slot is empty: not counted, it lasts while the file says so. */
static int gone(struct order o) { return !strcmp(o.fault, "gone"); }

static CK_RV initialize(void *args) {
  struct order o = order();
  if (due(o, "hang-init")) hang();
  sessions = 0;
  if (due(o, "init-fails")) return CKR_GENERAL_ERROR;
  if (due(o, "cant-lock")) return CKR_CANT_LOCK;
  return real->C_Initialize(args);
}

static CK_RV slots(CK_BBOOL present, CK_SLOT_ID_PTR into, CK_ULONG_PTR count) {
  if (gone(order())) { *count = 0; return CKR_OK; }
  return real->C_GetSlotList(present, into, count);
}

static CK_RV token(CK_SLOT_ID id, CK_TOKEN_INFO_PTR info) {
  struct order o = order();
  if (gone(o)) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = real->C_GetTokenInfo(id, info);
  if (!strcmp(o.fault, "final-try")) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (!strcmp(o.fault, "locked-flag")) info->flags |= CKF_USER_PIN_LOCKED;
  if (!strcmp(o.fault, "pin-pad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  return rv;
}

static CK_RV mechanism(CK_SLOT_ID id, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info) {
  if (!strcmp(order().fault, "cannot-hash") && type == CKM_SHA256_RSA_PKCS) return CKR_MECHANISM_INVALID;
  return real->C_GetMechanismInfo(id, type, info);
}

static CK_RV open_session(CK_SLOT_ID id, CK_FLAGS flags, CK_VOID_PTR app, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR s) {
  struct order o = order();
  if (gone(o)) return CKR_DEVICE_REMOVED;
  if (!strcmp(o.fault, "one-session") && sessions > 0) return CKR_SESSION_COUNT;
  slot = id;
  CK_RV rv = real->C_OpenSession(id, flags, app, notify, s);
  if (rv == CKR_OK) sessions++;
  return rv;
}

static CK_RV close_session(CK_SESSION_HANDLE s) {
  CK_RV rv = real->C_CloseSession(s);
  if (rv == CKR_OK) sessions--;
  return rv;
}

static CK_RV close_all(CK_SLOT_ID id) {
  sessions = 0;
  return real->C_CloseAllSessions(id);
}

static CK_RV login(CK_SESSION_HANDLE s, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG n) {
  struct order o = order();
  CK_RV rv;
  if (due(o, "hang-login")) hang();
  if (due(o, "wrong-pin")) rv = CKR_PIN_INCORRECT;
  else if (due(o, "pin-locked")) rv = CKR_PIN_LOCKED;
  else if (due(o, "login-fails")) rv = CKR_DEVICE_ERROR;
  else rv = real->C_Login(s, user, pin, n);
  const char *path = getenv("TOKEN_FAULTS");
  char name[4096], line[64];
  if (path) {
    snprintf(name, sizeof name, "%s.logins", path);
    int fd = open(name, O_CREAT | O_APPEND | O_WRONLY, 0600);
    if (fd >= 0) { int k = snprintf(line, sizeof line, "%lu 0x%lx\n", user, rv); if (write(fd, line, k) != k) abort(); close(fd); }
  }
  return rv;
}

static CK_RV sign_init(CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE key) {
  struct order o = order();
  if (gone(o)) return CKR_DEVICE_REMOVED;
  if (due(o, "session")) { real->C_CloseSession(s); return CKR_SESSION_HANDLE_INVALID; }
  if (due(o, "all-sessions")) { real->C_CloseAllSessions(slot); return CKR_SESSION_HANDLE_INVALID; }
  if (due(o, "logged-out")) { real->C_Logout(s); return CKR_USER_NOT_LOGGED_IN; }
  if (due(o, "key-gone")) return CKR_KEY_HANDLE_INVALID;
  CK_RV rv = real->C_SignInit(s, m, key);
  return rv == CKR_OK || strcmp(o.fault, "one-signature") ? rv : CKR_USER_NOT_LOGGED_IN;
}

static CK_RV sign(CK_SESSION_HANDLE s, CK_BYTE_PTR data, CK_ULONG n, CK_BYTE_PTR out, CK_ULONG_PTR length) {
  struct order o = order();
  if (!out) return real->C_Sign(s, data, n, out, length);
  if (o.delay) usleep(o.delay);
  /* The operation is left open, as real modules were seen to do. */
  if (due(o, "removed") || gone(o)) return CKR_DEVICE_REMOVED;
  if (due(o, "device-error")) return CKR_DEVICE_ERROR;
  if (due(o, "general-error")) return CKR_GENERAL_ERROR;
  if (due(o, "odd-error")) return CKR_VENDOR_DEFINED | 0x11;
  if (due(o, "hang")) hang();
  if (due(o, "crash")) raise(SIGSEGV);
  CK_RV rv = real->C_Sign(s, data, n, out, length);
  if (rv == CKR_OK && !strcmp(o.fault, "one-signature")) real->C_Logout(s);
  return rv;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR into) {
  if (!real) {
    const char *module = getenv("TOKEN_MODULE");
    void *h = dlopen(module ? module : "/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
    CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR) = h ? dlsym(h, "C_GetFunctionList") : NULL;
    if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    list = *real;
    list.C_Initialize = initialize;
    list.C_GetSlotList = slots;
    list.C_GetTokenInfo = token;
    list.C_GetMechanismInfo = mechanism;
    list.C_OpenSession = open_session;
    list.C_CloseSession = close_session;
    list.C_CloseAllSessions = close_all;
    list.C_Login = login;
    list.C_SignInit = sign_init;
    list.C_Sign = sign;
  }
  *into = &list;
  return CKR_OK;
}

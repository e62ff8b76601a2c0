// What the leak checker of the development build finds in libraries and nobody can free from outside: fontconfig's
// patterns, kept for the life of the process, and libxlsxwriter's copy of the formula of a list validation (some twenty
// bytes a column with choices).

extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:lxw_strdup\n"; }

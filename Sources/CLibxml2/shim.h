// With ICU libxml2's headers bring Debian's ICU along, and Foundation has one of its own: the compiler takes both for one, now and then, and
// finds that they differ. Nothing here looks at what depends on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

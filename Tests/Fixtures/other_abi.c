/* Is built for ABI major 2, by its manifest, and exports the entry of major 1 all the same. */
#include "fixture.h"

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("other-abi", "2"));

FIXTURE_OPEN(next_page, take_page)

FIXTURE_TABLE("other-abi", open_session)

/** Tests of the page, in a browser, too. */
@NullMarked
package io.sluice.internal.cli.page;

import org.jspecify.annotations.NullMarked;

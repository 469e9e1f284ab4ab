/** Applications, peers, balancers and beans that several tests share. */
@NullMarked
package io.sluice.it.support;

import org.jspecify.annotations.NullMarked;

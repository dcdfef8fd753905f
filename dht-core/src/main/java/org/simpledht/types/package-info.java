/** Leaf value types that every other package may import; they know nothing of the house around them. */
package org.simpledht.types;

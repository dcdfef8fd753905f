/**
 * What a network bears: real processes, measured from outside, that are killed or work for long; and a week in virtual time.
 */
package org.simpledht.examples.endurance;

/** How a state looks at a glance. The colour is never alone: words always stand beside it. */
export type Tone = 'good' | 'busy' | 'away' | 'attention' | 'bad';

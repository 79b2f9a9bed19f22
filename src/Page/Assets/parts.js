// Loads parts of a page that take longer than the rest: each has a page of its own, to which it links. A part is loaded when it
// comes into sight, and again when its version differs, but not while somebody uses it.
import { hold } from './hold.js';

const apart = 10000; // milliseconds between two times that a part is loaded
const hangs = 60000; // milliseconds after which an answer no longer comes
const states = new WeakMap();

function isUsed(part) {
    return part.contains(document.activeElement);
}

async function load(part) {
    const state = states.get(part);
    const wanted = `${part.dataset.part} ${part.dataset.version}`;
    if (!state || !state.isSeen || state.isBusy || state.shown === wanted || document.hidden || isUsed(part) && state.shown)
        return;
    const wait = state.last + apart - Date.now();
    if (wait > 0 && state.shown) {
        clearTimeout(state.timer);
        state.timer = setTimeout(() => load(part), wait);
        return;
    }
    state.isBusy = true;
    part.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(part.dataset.part, { headers: { Accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(hangs) });
        if (!answer.ok)
            throw new Error(answer.status);
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('part');
        // Somebody may have begun to use it meanwhile.
        if (isUsed(part) && state.shown)
            return;
        fresh.removeAttribute('id');
        hold(() => part.replaceChildren(...fresh.childNodes));
        state.shown = wanted;
        part.dispatchEvent(new CustomEvent('part', { bubbles: true }));
    } catch {
        // The link stays, and the next version is another try.
    } finally {
        state.last = Date.now();
        state.isBusy = false;
        part.removeAttribute('aria-busy');
    }
}

const sight = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        states.get(target).isSeen = isIntersecting;
        load(target);
    }
}, { rootMargin: '400px' });

function find() {
    for (const part of document.querySelectorAll('[data-part]')) {
        if (!states.has(part)) {
            states.set(part, { isSeen: false, isBusy: false, shown: '', last: 0, timer: 0 });
            sight.observe(part);
            part.addEventListener('focusout', () => setTimeout(() => load(part), 0));
        } else {
            load(part);
        }
    }
}

new MutationObserver(find).observe(document.getElementById('main'), { subtree: true, childList: true, attributes: true, attributeFilter: ['data-part', 'data-version'] });
find();

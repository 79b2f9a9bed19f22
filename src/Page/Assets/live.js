// Keeps a page up to date. The server renders it again, and only what differs is changed, so that the focus, the selection and
// what somebody types stay. When the silo does not answer, the page stays as it is, says so, and links to the same page on others.
import { hold } from './hold.js';

document.documentElement.classList.add('has-script');
const main = document.getElementById('main');
const notice = document.getElementById('connection');
const elsewhere = document.getElementById('elsewhere');
const home = document.querySelector('.bar .home').href;
// The page's policy, which stays what it was, lets it ask these.
const allowed = new Set([...elsewhere.querySelectorAll('a')].map(link => link.dataset.start));
const apart = 1000; // milliseconds between two refreshments
const patience = 2000; // milliseconds until the next try
const hangs = 10000; // milliseconds after which an answer no longer comes

let stream = null;
let timer = 0;
let due = Infinity;
let last = 0;
let isBusy = false;
let isWanted = false;
let lost = null;

function schedule(wait) {
    const at = Math.max(Date.now() + wait, last + apart);
    if (at >= due)
        return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(refresh, at - Date.now());
}

async function refresh() {
    due = Infinity;
    isWanted = isBusy;
    if (isBusy || document.hidden)
        return;
    isBusy = true;
    let reason = '';
    try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(hangs) });
        if (answer.type === 'opaqueredirect') {
            location.reload(); // to sign in again
            return;
        }
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
        // What no longer exists is shown as such; other failures pass.
        if (!answer.ok && answer.status !== 404) {
            reason = fresh.querySelector('main > p')?.textContent ?? `The answer was ${answer.status}.`;
            throw new Error(reason);
        }
        if (main.dataset.problem !== undefined) {
            location.reload(); // to the page that could not be shown
            return;
        }
        hold(() => synchronize(main, fresh.getElementById('main')));
        synchronize(elsewhere, fresh.getElementById('elsewhere'));
        document.title = fresh.title;
        found();
        listen();
    } catch {
        lose(reason);
    } finally {
        last = Date.now();
        isBusy = false;
    }
    if (lost)
        schedule(patience);
    else if (isWanted)
        schedule(0);
    scheduleNext();
}

function scheduleNext() {
    if (main.dataset.every)
        schedule(main.dataset.every * 1000);
}

function listen() {
    if (!main.dataset.live || document.hidden) {
        hush();
        return;
    }
    if (stream)
        return;
    stream = new EventSource(main.dataset.live);
    for (const type of ['trial', 'status', 'ended'])
        stream.addEventListener(type, () => schedule(0));
    stream.onerror = () => {
        // It may have ended for good, because the sweep has; the next refreshment shows whether it has.
        if (stream?.readyState === EventSource.CLOSED)
            stream = null;
        schedule(0);
    };
}

function hush() {
    stream?.close();
    stream = null;
}

// The reason is that of a silo that answers, but cannot show the page; it is empty if there is no answer.
function lose(reason) {
    hush();
    lost ??= new Date();
    const text = reason
        ? `Not up to date since ${lost.toLocaleTimeString()}: ${reason} This is the state of that time; the page tries again.`
        : `Not connected since ${lost.toLocaleTimeString()}. This is the state of that time; the page tries to connect.`;
    if (notice.textContent !== text)
        notice.textContent = text;
    offer();
}

// Links to the same view on the other silos, and says which of them do not answer either.
function offer() {
    const links = elsewhere.querySelectorAll('a');
    for (const link of links) {
        const start = link.dataset.start;
        link.href = start + location.href.slice(home.length);
        if (allowed.has(start))
            probe(start).then(answers => link.textContent = answers ? start : `${start} (no answer)`);
    }
    elsewhere.hidden = links.length === 0;
}

async function probe(start) {
    try {
        await fetch(`${start}assets/any/icon.svg`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(patience) });
        return true;
    } catch {
        return false;
    }
}

function found() {
    lost = null;
    if (notice.textContent)
        notice.textContent = '';
}

// Makes an element like another one. Elements with an id are recognized by it, and others by their place. What stays is not moved,
// because it would lose the focus.
function synchronize(old, fresh) {
    // By name: the browser would keep a node for each attribute that is taken from the list of them.
    for (const name of old.getAttributeNames()) {
        if (!fresh.hasAttribute(name) && name !== 'open')
            old.removeAttribute(name);
    }
    for (const name of fresh.getAttributeNames()) {
        const value = fresh.getAttribute(name);
        if (old.getAttribute(name) !== value)
            old.setAttribute(name, value);
    }
    // A part that is loaded from its own address.
    if (old.dataset.part)
        return;
    const known = new Map();
    for (const child of old.children) {
        if (child.id)
            known.set(child.id, child);
    }
    const wanted = new Set([...fresh.children].map(child => child.id));
    let next = old.firstChild;
    const drop = () => {
        const after = next.nextSibling;
        next.remove();
        next = after;
    };
    for (const child of [...fresh.childNodes]) {
        while (next?.id && !wanted.has(next.id))
            drop();
        if (child.id && known.has(child.id)) {
            while (next && next.id !== child.id && !(next.id && wanted.has(next.id)))
                drop();
        }
        const same = child.id ? known.get(child.id) : next?.nodeName === child.nodeName && !next.id ? next : null;
        if (!same) {
            old.insertBefore(child, next);
            continue;
        }
        if (same === next)
            next = next.nextSibling;
        else
            old.insertBefore(same, next);
        if (same.nodeType === Node.ELEMENT_NODE)
            synchronize(same, child);
        else if (same.nodeValue !== child.nodeValue)
            same.nodeValue = child.nodeValue;
    }
    while (next)
        drop();
}

document.addEventListener('visibilitychange', () => {
    if (document.hidden)
        hush();
    else if (main.dataset.live || main.dataset.every || lost)
        schedule(0);
});
listen();
scheduleNext();

// Keeps a page up to date. The server renders it again, and only what differs is changed, so that the focus, the selection and
// what somebody types stay. When the cluster does not answer, the page stays as it is and says so.
document.documentElement.classList.add('has-script');
const main = document.getElementById('main');
const notice = document.getElementById('connection');
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
    try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(hangs) });
        if (answer.type === 'opaqueredirect') {
            location.reload(); // to sign in again
            return;
        }
        // What no longer exists is shown as such; other failures pass.
        if (!answer.ok && answer.status !== 404)
            throw new Error(answer.status);
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
        synchronize(main, fresh.getElementById('main'));
        document.title = fresh.title;
        found();
        listen();
    } catch {
        lose();
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

function lose() {
    hush();
    lost ??= new Date();
    const text = `Not connected since ${lost.toLocaleTimeString()}. This is the state of that time; the page tries to connect.`;
    if (notice.textContent !== text)
        notice.textContent = text;
}

function found() {
    lost = null;
    if (notice.textContent)
        notice.textContent = '';
}

// Makes an element like another one. Elements with an id are recognized by it, and others by their place. What stays is not moved,
// because it would lose the focus.
function synchronize(old, fresh) {
    for (const { name } of [...old.attributes]) {
        if (!fresh.hasAttribute(name) && name !== 'open')
            old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
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

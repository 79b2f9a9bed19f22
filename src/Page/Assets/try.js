// Images are dropped, pasted or chosen, and stay beside the answer: only the answer is loaded again. Nothing is kept by the cluster.
const form = document.getElementById('pair');
const usual = 'button[name=ask][value=pair]';

let asked = null;
let pictures = new Map();

function sides() {
    return [...form.querySelectorAll('.side')];
}

function inputOf(side) {
    return side.querySelector(`input[name=${side.id}]:not([capture])`);
}

function filesOf(side) {
    return [...side.querySelectorAll(`input[name=${side.id}]`)].flatMap(input => [...input.files]);
}

function picksOf(side) {
    return [...document.querySelectorAll(`input[name=${side.id}Sample]:checked`)];
}

function isGiven(side) {
    return filesOf(side).length + picksOf(side).length > 0;
}

function empty(input) {
    input.value = '';
}

// Puts files on a side, in place of what was there.
function give(side, files, from) {
    for (const input of side.querySelectorAll('input[type=file]')) {
        if (input !== from)
            empty(input);
    }
    if (!from) {
        const input = inputOf(side);
        const given = new DataTransfer();
        for (const file of input.multiple ? files : files.slice(0, 1))
            given.items.add(file);
        input.files = given.files;
    }
    for (const pick of picksOf(side))
        pick.checked = false;
    changed(side);
}

function changed(side) {
    show(side);
    if (sides().every(isGiven))
        form.requestSubmit(form.querySelector(usual));
}

function show(side) {
    const title = side.querySelector('legend').textContent;
    for (const address of pictures.get(side) ?? [])
        URL.revokeObjectURL(address);
    const addresses = [];
    const shown = filesOf(side).map(file => {
        const address = URL.createObjectURL(file);
        addresses.push(address);
        return figure(address, file.name, title);
    });
    pictures.set(side, addresses);
    for (const pick of picksOf(side))
        shown.push(figure(pick.closest('li').querySelector('img')?.src, pick.dataset.name, title));
    side.querySelector('.shown').replaceChildren(...shown);
    invite(side);
}

function figure(address, name, title) {
    const figure = document.createElement('figure');
    if (address) {
        const picture = document.createElement('img');
        picture.alt = `${title}: ${name}`;
        // Pen strokes, and formats that the browser does not know, have only a name.
        picture.onerror = () => picture.remove();
        picture.src = address;
        figure.append(picture);
    }
    const caption = document.createElement('figcaption');
    caption.textContent = name;
    figure.append(caption);
    return figure;
}

function invite(side) {
    const shown = side.querySelector('.shown');
    if (!shown.firstElementChild)
        shown.textContent = inputOf(side).multiple ? 'Drop or paste one or several here' : 'Drop or paste one here';
}

// Files for the whole form: the first for the first side that has none, the rest for the other one.
function distribute(files) {
    const [first, second] = sides();
    if (files.length > 1 && !isGiven(first)) {
        give(first, files.slice(0, 1));
        give(second, files.slice(1));
    } else {
        give(isGiven(first) ? second : first, files);
    }
}

function hold(target, leave) {
    for (const side of sides())
        side.classList.toggle('over', !leave && side === target?.closest?.('.side'));
}

function listenToFiles() {
    for (const side of sides()) {
        for (const input of side.querySelectorAll(`input[name=${side.id}]`))
            input.addEventListener('change', () => give(side, [...input.files], input));
        invite(side);
    }
    document.addEventListener('change', event => {
        const name = event.target.name;
        if (name !== 'firstSample' && name !== 'secondSample')
            return;
        const side = document.getElementById(name.replace('Sample', ''));
        for (const input of side.querySelectorAll('input[type=file]'))
            empty(input);
        changed(side);
    });
    document.addEventListener('dragover', event => {
        if (!event.dataTransfer?.types.includes('Files'))
            return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        hold(event.target);
    });
    document.addEventListener('dragleave', event => hold(event.target, true));
    document.addEventListener('drop', event => {
        const files = [...event.dataTransfer?.files ?? []];
        hold(null, true);
        if (files.length === 0)
            return;
        event.preventDefault();
        const side = event.target.closest?.('.side');
        if (side && (files.length === 1 || inputOf(side).multiple))
            give(side, files);
        else
            distribute(files);
    });
    document.addEventListener('paste', event => {
        const files = [...event.clipboardData?.files ?? []];
        if (files.length === 0)
            return;
        event.preventDefault();
        const side = document.activeElement?.closest('.side');
        if (side)
            give(side, files);
        else
            distribute(files);
    });
}

// Asks for the answer alone. Returns what the answer's place is to show.
async function send(from, submitter) {
    asked?.abort();
    const here = asked = new AbortController();
    const body = new FormData(from);
    if (submitter?.name)
        body.append(submitter.name, submitter.value);
    body.append('alone', '');
    const place = document.getElementById('answer');
    place.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(from.action, { method: 'POST', body, headers: { Accept: 'text/html' }, signal: here.signal });
        const text = await answer.text();
        if (answer.headers.get('Content-Type')?.startsWith('text/html')) {
            const page = new DOMParser().parseFromString(text, 'text/html');
            const fresh = page.getElementById('answer') ?? page.querySelector('main');
            if (fresh)
                return fresh;
        }
        return problem(`The answer has the status ${answer.status}`, detailOf(text) ?? 'Load the page again.');
    } catch (error) {
        return here.signal.aborted ? null : problem('The cluster does not answer', 'Nothing was lost: ask again when it does.');
    } finally {
        if (asked === here)
            place.removeAttribute('aria-busy');
    }
}

function detailOf(text) {
    try {
        return JSON.parse(text).detail;
    } catch {
        return null;
    }
}

function problem(title, detail) {
    const place = document.createElement('section');
    const alert = document.createElement('div');
    const [heading, sentence] = [document.createElement('h2'), document.createElement('p')];
    alert.setAttribute('role', 'alert');
    heading.className = 'bad';
    heading.textContent = title;
    sentence.textContent = detail;
    alert.append(heading, sentence);
    place.append(alert);
    return place;
}

function listenToForms() {
    form.addEventListener('submit', async event => {
        event.preventDefault();
        const fresh = await send(form, event.submitter);
        if (!fresh)
            return;
        document.getElementById('answer').replaceChildren(...fresh.childNodes);
        // What was asked can be shared: ensemble, version and terms are in the address.
        if (fresh.dataset.address)
            history.replaceState(null, '', fresh.dataset.address);
    });
    document.getElementById('answer').addEventListener('submit', async event => {
        event.preventDefault();
        const fresh = await send(event.target, event.submitter);
        if (!fresh)
            return;
        const feedback = fresh.querySelector('#feedback');
        document.querySelector('#answer > [role=alert]')?.remove();
        if (feedback)
            document.getElementById('feedback').replaceWith(feedback);
        else
            document.getElementById('feedback').after(...fresh.childNodes);
        document.querySelector('#feedback button')?.focus();
    });
}

if (form) {
    listenToFiles();
    listenToForms();
}

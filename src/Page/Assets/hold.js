// Changes a page without moving what somebody looks at: what has the focus, or else what is at the top of the window. Browsers do
// that only as long as what they hold on to is not replaced. At the top of a page, what is new may push the rest down.
export function hold(change) {
    const held = scrollY > 0 ? [isSeen(document.activeElement) ? document.activeElement : null, ...atTop()].filter(Boolean) : [];
    const tops = held.map(one => one.getBoundingClientRect().top);
    change();
    const place = held.findIndex(one => one.isConnected);
    if (place >= 0)
        scrollBy({ top: held[place].getBoundingClientRect().top - tops[place], behavior: 'instant' });
}

function isSeen(element) {
    const { top, bottom } = element?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    return element !== document.body && bottom > 0 && top < innerHeight;
}

// From the inside to the outside, because the innermost element may not stay.
function atTop() {
    const found = [];
    for (let one = document.elementFromPoint(innerWidth / 2, 1); one && one.id !== 'main'; one = one.parentElement)
        found.push(one);
    return found;
}

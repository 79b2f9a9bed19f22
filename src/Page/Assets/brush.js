// Chooses ranges of values on the axes of parallel coordinates, with the pointer or the keyboard, and shows the trials that have
// them: the ranges become conditions in the address.
const shape = 'http://www.w3.org/2000/svg';
const half = 11; // half the width of an axis for the pointer
const steps = 20; // steps of the keyboard along an axis

function begin(plot) {
    const svg = plot.querySelector('svg');
    if (!svg || svg.dataset.brushed)
        return;
    svg.dataset.brushed = 'true';
    svg.removeAttribute('role'); // a picture has no parts to choose
    svg.setAttribute('role', 'group');
    for (const axis of plot.querySelectorAll('.axis'))
        brush(svg, axis.value, axis.dataset, plot.dataset.where);
}

function brush(svg, name, data, where) {
    const [x, top, length, low, high] = ['x', 'top', 'length', 'low', 'high'].map(key => Number(data[key]));
    const [isLog, isWhole] = [data.log !== undefined, data.whole !== undefined];
    const words = data.words ? data.words.split(' ') : [];
    let range = null; // from and to as shares of the axis

    const make = style => {
        const rect = svg.appendChild(document.createElementNS(shape, 'rect'));
        rect.setAttribute('class', style);
        rect.setAttribute('x', x - half);
        rect.setAttribute('width', 2 * half);
        return rect;
    };
    const chosen = make('brush');
    const handle = make('handle');
    handle.setAttribute('y', top);
    handle.setAttribute('height', length);
    handle.setAttribute('tabindex', '0');
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-orientation', 'vertical');
    handle.setAttribute('aria-label', `Range of ${data.title}`);
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', '100');

    const valueAt = share => {
        const value = isLog ? low * (high / low) ** share : low + share * (high - low);
        return isWhole ? Math.round(value) : Number(value.toPrecision(4));
    };
    const condition = () => {
        if (!range)
            return '';
        if (words.length > 0) {
            const some = words.filter((word, place) => word !== '-' && range[0] <= (place + .5) / words.length && (place + .5) / words.length <= range[1]);
            return some.length > 0 ? `${name}:${some.join(',')}` : '';
        }
        return `${name}:${range[0] > 0 ? valueAt(range[0]) : ''}..${range[1] < 1 ? valueAt(range[1]) : ''}`;
    };
    const show = () => {
        chosen.setAttribute('y', range ? top + (1 - range[1]) * length : top);
        chosen.setAttribute('height', range ? (range[1] - range[0]) * length : 0);
        handle.setAttribute('aria-valuenow', range ? Math.round(100 * range[1]) : 100);
        handle.setAttribute('aria-valuetext', condition().slice(name.length + 1) || 'all values');
    };
    const apply = () => {
        const others = where.split(/\s+/).filter(one => one && !one.startsWith(`${name}:`));
        const address = new URL(location.href);
        const all = [...others, condition()].filter(one => one && one !== `${name}:..`).join(' ');
        address.searchParams.delete('where');
        address.searchParams.delete('after');
        if (all)
            address.searchParams.set('where', all);
        if (address.href !== location.href)
            location.assign(address);
    };

    const shareAt = event => {
        const box = svg.getBoundingClientRect();
        const y = (event.clientY - box.top) * svg.viewBox.baseVal.height / box.height;
        return Math.min(1, Math.max(0, 1 - (y - top) / length));
    };
    let from = null;
    handle.addEventListener('pointerdown', event => {
        from = shareAt(event);
        handle.setPointerCapture(event.pointerId);
        event.preventDefault();
        handle.focus({ preventScroll: true }); // the axis stays under the pointer
    });
    handle.addEventListener('pointermove', event => {
        if (from === null)
            return;
        const to = shareAt(event);
        range = [Math.min(from, to), Math.max(from, to)];
        show();
    });
    handle.addEventListener('pointerup', event => {
        if (from === null)
            return;
        // A click without a way chooses all values again.
        if (Math.abs(shareAt(event) - from) * length < 4)
            range = null;
        from = null;
        show();
        apply();
    });
    handle.addEventListener('pointercancel', () => { from = null; });
    handle.addEventListener('keydown', event => {
        const by = { ArrowUp: 1 / steps, ArrowDown: -1 / steps }[event.key];
        if (by) {
            range ??= [0, 1];
            // With shift, the lower end moves.
            range = event.shiftKey ? [Math.min(range[1], Math.max(0, range[0] + by)), range[1]] : [range[0], Math.max(range[0], Math.min(1, range[1] + by))];
        } else if (event.key === 'Escape') {
            range = null;
        } else if (event.key !== 'Enter') {
            return;
        }
        event.preventDefault();
        show();
        if (event.key === 'Enter')
            apply();
    });

    const known = where.split(/\s+/).find(one => one.startsWith(`${name}:`))?.slice(name.length + 1);
    const shareOf = (text, otherwise) => text === '' ? otherwise : isLog ? Math.log(text / low) / Math.log(high / low) : (text - low) / (high - low);
    if (known?.includes('..') && words.length === 0) {
        const ends = known.split('..');
        range = [shareOf(ends[0], 0), shareOf(ends[1], 1)].map(share => Math.min(1, Math.max(0, share)));
    }
    show();
}

function find() {
    for (const plot of document.querySelectorAll('.parallel'))
        begin(plot);
}

document.addEventListener('part', find);
find();

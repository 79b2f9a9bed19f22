// Reads error rates off a curve while a slider moves. The rate is kept in the address, as the form would send it.
const form = () => document.getElementById('rates');

function points() {
    return form().dataset.rates.split(' ').map(point => point.split(',').map(Number));
}

function show(place) {
    const [threshold, far, frr] = points()[place];
    document.getElementById('rates-threshold').textContent = threshold.toFixed(3);
    document.getElementById('rates-far').textContent = far;
    document.getElementById('rates-frr').textContent = frr;
    form().elements.limit.value = 'far';
    form().elements.rate.value = far;
}

// The form comes with a refreshment of the page when a measurement ends, so nothing is attached to it.
document.addEventListener('input', event => {
    if (event.target.id === 'rates-slider')
        show(event.target.value);
});
document.addEventListener('change', event => {
    if (event.target.id !== 'rates-slider')
        return;
    const address = new URL(location);
    address.searchParams.set('limit', 'far');
    address.searchParams.set('rate', form().elements.rate.value);
    history.replaceState(null, '', address);
});

// Makes mnist-mini: node make.mjs FOLDER. FOLDER contains MNIST's four IDX files, unpacked. See README.md.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const seed = 20;
const training = 1000;
const validation = 1000;

const folder = process.argv[2];
if (!folder) {
    console.error('usage: node make.mjs FOLDER_OF_MNIST');
    process.exit(2);
}

const side = 28;
const train = read('train', 60000);
const test = read('t10k', 10000);

// Skip duplicates: otherwise a training image and a test image could have the same pixels.
const seen = new Set(test.images);
const drawn = [];
for (const index of shuffled(train.images.length, seed)) {
    if (drawn.length === training + validation) break;
    if (seen.has(train.images[index])) continue;
    seen.add(train.images[index]);
    drawn.push(index);
}

write('train', train, drawn.slice(0, training));
write('validation', train, drawn.slice(training));
write('t10k', test, [...test.images.keys()]);

function read(part, count) {
    const images = readFileSync(join(folder, `${part}-images-idx3-ubyte`));
    const labels = readFileSync(join(folder, `${part}-labels-idx1-ubyte`));
    if (images.readUInt32BE(0) !== 0x803 || images.readUInt32BE(4) !== count || images.length !== 16 + count * side * side)
        throw new Error(`${part}-images-idx3-ubyte is not the file from MNIST`);
    if (labels.readUInt32BE(0) !== 0x801 || labels.readUInt32BE(4) !== count || labels.length !== 8 + count)
        throw new Error(`${part}-labels-idx1-ubyte is not the file from MNIST`);
    return {
        // Latin-1 strings compare by content; buffers do not.
        images: Array.from({ length: count }, (_, i) => images.latin1Slice(16 + i * side * side, 16 + (i + 1) * side * side)),
        labels: labels.subarray(8),
    };
}

function write(part, from, indices) {
    const header = (...numbers) => {
        const bytes = Buffer.alloc(4 * numbers.length);
        numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i));
        return bytes;
    };
    const images = indices.map(i => Buffer.from(from.images[i], 'latin1'));
    const labels = Buffer.from(indices.map(i => from.labels[i]));
    save(`${part}-images-idx3-ubyte`, Buffer.concat([header(0x803, indices.length, side, side), ...images]));
    save(`${part}-labels-idx1-ubyte`, Buffer.concat([header(0x801, indices.length), labels]));
}

function save(name, bytes) {
    const gz = gzipSync(bytes, { level: 9, memLevel: 9 });
    gz[9] = 255; // The operating system in gzip's header: "unknown", so that every machine writes the same file.
    writeFileSync(join(dirname(fileURLToPath(import.meta.url)), `${name}.gz`), gz);
    console.log(`${createHash('sha256').update(bytes).digest('hex')}  ${name}  (${gz.length} bytes as .gz)`);
}

function shuffled(count, state) {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
    }
    return order;

    // mulberry32: five lines that give the same numbers in every version of Node.
    function random() {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }
}

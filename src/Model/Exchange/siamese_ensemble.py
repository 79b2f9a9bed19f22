"""An ensemble of Siamese networks, for PyTorch 1.13 or later; needs nothing else.

    from siamese_ensemble import Ensemble
    ensemble = Ensemble("folder")                   # the folder that this file was exported into
    embeddings = ensemble.members[0].embed(pixels)  # (B, D), or (B, 2D) with both sides if the member is pseudo-Siamese
    verdict = ensemble.judge(first, second)         # {"answer": "same", "distance": ..., "probability": ...}

Pixels are preprocessed images, as manifest.json describes: float32 of shape (B, C, H, W), each byte divided by 255, so that
0 is black and 1 is white. C, H and W are the member's input. Nothing is inverted: ink stays as bright or as dark as in the
file. A member of pen strokes takes points instead, float32 of shape (B, T, 5): x, y, time, pen and pressure, also as
manifest.json describes. A member of vectors takes them as they are, float32 of shape (B, M). A smaller distance means more alike. Pairs need what every member takes, and are judged one by one:
calibrations for a part of the members or for several references are in calibration.json, but not used here.
"""

import hashlib
import json
import math
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

FORMAT, FORMAT_VERSION = "siamese-ensemble", 1
SHORTEST = 1e-8  # lower limit for a length before dividing by it


def half(side):
    return (side + 1) // 2


class Conv(nn.Module):
    """The default encoder, for images of any size."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, 32, 5, stride=2, padding=2), nn.BatchNorm2d(32)
        self.conv2, self.bn2 = nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.BatchNorm2d(64)
        height, columns, stages = half(half(height)), half(half(columns)), []
        while max(height, columns) > 8:
            stages += [nn.Conv2d(64, 64, 3, stride=2, padding=1), nn.BatchNorm2d(64), nn.ReLU()]
            height, columns = half(height), half(columns)
        self.layers = nn.Sequential(*stages)
        self.conv3, self.bn3 = nn.Conv2d(64, 64, 3, padding=1), nn.BatchNorm2d(64)
        self.fc = nn.Linear(64 * height * columns, width)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()  # (B, 32, H/2, W/2)
        x = self.bn2(self.conv2(x)).relu()  # (B, 64, H/4, W/4)
        x = self.bn3(self.conv3(self.layers(x))).relu()  # (B, 64, h, w)
        return self.fc(x.flatten(1))  # (B, D)


class Article(nn.Module):
    """The article's encoder, for 28x28 images; its dropouts do nothing in evaluation."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.cnn = nn.Sequential(
            nn.Conv2d(1, 128, 5, stride=3, padding=2), nn.ReLU(), nn.LocalResponseNorm(5, alpha=0.001, beta=0.75, k=2), nn.MaxPool2d(4, stride=2))
        self.fc = nn.Sequential(
            nn.Linear(2048, 512), nn.ReLU(), nn.Identity(), nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, width))

    def forward(self, x):
        return self.fc(self.cnn(x).flatten(1))  # (B, D)


class Koch(nn.Module):
    """Koch's convolutional twin, for 105x105 images."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 64, 10), nn.BatchNorm2d(64)
        self.conv2, self.bn2 = nn.Conv2d(64, 128, 7), nn.BatchNorm2d(128)
        self.conv3, self.bn3 = nn.Conv2d(128, 128, 4), nn.BatchNorm2d(128)
        self.conv4, self.bn4 = nn.Conv2d(128, 256, 4), nn.BatchNorm2d(256)
        self.fc = nn.Linear(256 * 6 * 6, width)
        self.alpha = nn.Parameter(torch.ones(width))

    def forward(self, x):
        x = functional.max_pool2d(self.bn1(self.conv1(x)).relu(), 2)  # (B, 64, 48, 48)
        x = functional.max_pool2d(self.bn2(self.conv2(x)).relu(), 2)  # (B, 128, 21, 21)
        x = functional.max_pool2d(self.bn3(self.conv3(x)).relu(), 2)  # (B, 128, 9, 9)
        x = self.bn4(self.conv4(x)).relu()  # (B, 256, 6, 6)
        return self.fc(x.flatten(1)).sigmoid() * self.alpha  # (B, D)


def blocked(convolution, x):
    """A convolution whose channels are filled up with zeros to blocks of 16.

    For other numbers PyTorch does so itself, but on some machines it leaves there what was in memory before.
    """
    outside, inside = convolution.weight.shape[:2]
    wider, deeper = -inside % 16, -outside % 16
    rest = [0, 0] * (x.dim() - 2)
    x, weight = functional.pad(x, rest + [0, wider]), functional.pad(convolution.weight, rest + [0, wider, 0, deeper])
    bias = None if convolution.bias is None else functional.pad(convolution.bias, [0, deeper])
    apply = functional.conv1d if x.dim() == 3 else functional.conv2d
    return apply(x, weight, bias, convolution.stride, convolution.padding)[:, :outside]


class Chopra(nn.Module):
    """The network of Chopra, Hadsell and LeCun 2005, for 56x46 images."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.conv1, self.conv3, self.conv5 = nn.Conv2d(1, 15, 7), nn.Conv2d(15, 45, 6), nn.Conv2d(45, 250, 5)
        self.fc = nn.Linear(250, width)

    def forward(self, x):
        x = functional.avg_pool2d(self.conv1(x).tanh(), 2)  # (B, 15, 25, 20)
        x = functional.avg_pool2d(blocked(self.conv3, x).tanh(), (4, 3))  # (B, 45, 5, 5)
        return self.fc(blocked(self.conv5, x).tanh().flatten(1))  # (B, D)


class Drlim(nn.Module):
    """The network of Hadsell, Chopra and LeCun 2006, for 32x32 images."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.conv1, self.conv3, self.fc = nn.Conv2d(1, 15, 6), nn.Conv2d(15, 30, 9), nn.Linear(30, width)

    def forward(self, x):
        x = functional.avg_pool2d(self.conv1(x).tanh(), 3)  # (B, 15, 9, 9)
        return self.fc(blocked(self.conv3, x).tanh().flatten(1))  # (B, D)


class Block(nn.Module):
    """A block of the residual encoder."""

    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride != 1 or channels_in != channels:
            self.downsample = nn.Sequential(nn.Conv2d(channels_in, channels, 1, stride=stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class Residual(nn.Module):
    """The residual encoder, for images of any size."""

    def __init__(self, width, channels, height, columns):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, 32, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(32)
        channels, side = 32, half(max(height, columns))
        blocks = [Block(channels, channels, 1)]
        while side > 8:
            wider = min(2 * channels, 128)
            blocks.append(Block(channels, wider, 2))
            channels, side = wider, half(side)
        self.layers = nn.Sequential(*blocks)
        self.fc = nn.Linear(channels, width)

    def forward(self, x):
        return self.fc(self.layers(self.bn1(self.conv1(x)).relu()).mean([2, 3]))  # (B, D)


def neighbours(values):
    """The values before and after each point of (B, T)."""
    return torch.cat([values[:, :1], values[:, :-1]], 1), torch.cat([values[:, 1:], values[:, -1:]], 1)


def difference(values):
    before, after = neighbours(values)
    return after - before


class PenMotion:
    """How a pen moves at each of T points: (B, T) each."""

    def __init__(self, points):
        self.x, self.y, self.time, self.pen, self.pressure = points.unbind(2)
        dx, dy = difference(self.x), difference(self.y)
        self.way = (dx.square() + dy.square()).sqrt()
        self.step = difference(self.time).clamp(min=1e-3)
        self.direction_x, self.direction_y = dx / self.way.clamp(min=1e-6), dy / self.way.clamp(min=1e-6)
        self.speed = self.way / self.step
        (before_x, after_x), (before_y, after_y) = neighbours(self.direction_x), neighbours(self.direction_y)
        self.turn_cosine = before_x * after_x + before_y * after_y
        self.turn_sine = before_x * after_y - before_y * after_x


def context_bitmap(pen):
    """The ink around each point: (B, 25, T)."""
    points = pen.x.shape[1]
    step = max(2, -(-points // 64))
    ink = (pen.way * (pen.pen > 0))[:, 1::step]  # (B, J)
    ink = ink / ink.sum(1, keepdim=True).clamp(min=1e-6)
    pixels = torch.tensor([-0.4, -0.2, 0, 0.2, 0.4])

    def nearness(places):
        apart = places[:, None, 1::step] - places[:, :, None]  # (B, T, J)
        return ((apart[:, :, None] - pixels[:, None]).square() / -0.02).exp()  # (B, T, 5, J)

    columns = nearness(pen.x) * ink[:, None, None]
    return (10 * columns @ nearness(pen.y).transpose(2, 3)).flatten(2).transpose(1, 2)


def centred(values):
    return values - values.mean(1, keepdim=True)


def bromley_features(points):
    """The eight features of Bromley et al. 1993: (B, 8, T)."""
    pen = PenMotion(points)
    time = centred(pen.time)

    def from_line(values):
        slope = (values * time).sum(1, keepdim=True) / time.square().sum(1, keepdim=True).clamp(min=1e-3)
        return centred(values) - slope * time

    def per_mean(values):
        return values / values.abs().mean(1, keepdim=True).clamp(min=1e-3)

    x, y = from_line(pen.x), from_line(pen.y)
    deviation = y.square().mean(1, keepdim=True).sqrt().clamp(min=1e-3)
    centripetal = pen.speed * torch.atan2(pen.turn_sine, pen.turn_cosine) / pen.step
    tangential = difference(pen.speed) / pen.step
    features = [
        pen.pen, x / deviation, y / deviation, per_mean(pen.speed), per_mean(centripetal), per_mean(tangential),
        pen.direction_x, pen.turn_cosine]
    return torch.stack(features, 1).clamp(-10, 10)


class Tdnn(nn.Module):
    """The time-delay network of Bromley et al. 1993, for pen strokes of 200 points."""

    def __init__(self, width, points):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(8, 12, 11, stride=3), nn.Conv1d(12, 16, 10, stride=3)

    def forward(self, points):
        return self.conv2(self.conv1(bromley_features(points)).tanh()).tanh().flatten(1)  # (B, 304)


class PathBlock(nn.Module):
    """A block of the encoder of pen strokes."""

    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv1d(channels_in, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm1d(channels)
        self.conv2 = nn.Conv1d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm1d(channels)
        self.downsample = None
        if stride != 1 or channels_in != channels:
            self.downsample = nn.Sequential(nn.Conv1d(channels_in, channels, 1, stride=stride, bias=False), nn.BatchNorm1d(channels))

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class Strokes(nn.Module):
    """The residual encoder of pen strokes."""

    def __init__(self, width, points, context, pooling):
        super().__init__()
        self.context, self.every = context == "on", pooling == "every"
        self.conv1, self.bn1 = nn.Conv1d(34 if self.context else 9, 64, 7, stride=2, padding=3, bias=False), nn.BatchNorm1d(64)
        channels, left = 64, half(points)
        blocks = [PathBlock(channels, channels, 1)]
        while left > 16:
            wider = min(2 * channels, 128)
            blocks.append(PathBlock(channels, wider, 2))
            channels, left = wider, half(left)
        self.layers = nn.Sequential(*blocks)
        pooled = [block.conv2.out_channels for block in blocks]
        self.fc = nn.Linear(2 * (sum(pooled) if self.every else pooled[-1]), width)

    def forward(self, points):
        pen = PenMotion(points)
        speed = (pen.speed / pen.speed.mean(1, keepdim=True).clamp(min=1e-3)).clamp(max=5).log1p()
        features = [
            2 * pen.x, 2 * pen.y, pen.direction_x, pen.direction_y, pen.turn_cosine, pen.turn_sine, speed, pen.pen, pen.pressure]
        x = torch.stack(features, 1)  # (B, 9, T)
        if self.context:
            x = torch.cat([x, context_bitmap(pen)], 1)  # (B, 34, T)
        x = self.bn1(blocked(self.conv1, x)).relu()
        pools = []  # (B, C) each
        for block in self.layers:
            x = block(x)  # (B, C, t)
            pools += [x.mean(2), x.amax(2)]
        return self.fc(torch.cat(pools if self.every else pools[-2:], 1))  # (B, D)


class Standardization(nn.Module):
    """Centres and scales the numbers of vectors, as fitted to the training vectors."""

    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("scale", torch.ones(width))

    def forward(self, x):
        return (x - self.mean) * self.scale


class Linear(nn.Module):
    """One linear layer on vectors."""

    def __init__(self, width, features):
        super().__init__()
        self.standardize, self.fc = Standardization(features), nn.Linear(features, width)

    def forward(self, x):
        return self.fc(self.standardize(x))  # (B, D)


class Mlp(nn.Module):
    """A multilayer perceptron on vectors; its dropout does nothing in evaluation."""

    def __init__(self, width, features, hidden_layers, hidden_size):
        super().__init__()
        self.standardize = Standardization(features)
        self.layers = nn.Sequential(*(nn.Linear(hidden_size if layer else features, hidden_size) for layer in range(hidden_layers)))
        self.fc = nn.Linear(hidden_size, width)

    def forward(self, x):
        x = self.standardize(x)
        for layer in self.layers:
            x = layer(x).relu()
        return self.fc(x)  # (B, D)


class Scale(nn.Module):
    """Vectors whose numbers are scaled."""

    def __init__(self, width, features):
        super().__init__()
        self.standardize, self.scale = Standardization(features), nn.Parameter(torch.ones(features))

    def forward(self, x):
        return self.standardize(x) * self.scale  # (B, D)


class Sides(nn.Module):
    """Both encoders of a pseudo-Siamese network, side by side."""

    def __init__(self, first, second):
        super().__init__()
        self.first, self.second = first, second

    def forward(self, x):
        return torch.cat([self.first(x), self.second(x)], 1)  # (B, 2D)


class ToLengthOne(nn.Module):
    """An encoder whose embeddings are scaled to length 1."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, x):
        return directions(self.encoder(x))


ENCODERS = {"conv": Conv, "article": Article, "koch": Koch, "residual": Residual, "chopra": Chopra, "drlim": Drlim, "tdnn": Tdnn, "strokes": Strokes, "linear": Linear, "mlp": Mlp, "scale": Scale}


def lengths(embeddings):
    return embeddings.norm(dim=1, keepdim=True).clamp(min=SHORTEST)


def directions(embeddings):
    return embeddings / lengths(embeddings)


DISTANCES = {
    "euclidean": lambda a, b: (a - b).norm(dim=1),
    "squared-euclidean": lambda a, b: (a - b).square().sum(1),
    "manhattan": lambda a, b: (a - b).abs().sum(1),
    "cosine": lambda a, b: (1 - (a * b).sum(1) / (lengths(a) * lengths(b))[:, 0]).clamp(0, 2),
}


def read_safetensors(data):
    """The tensors of a safetensors file, by name."""
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        dtype = {"F32": torch.float32, "I64": torch.int64}[entry["dtype"]]
        begin, end = entry["data_offsets"]
        numbers = bytearray(data[8 + length + begin : 8 + length + end])
        tensors[name] = (torch.frombuffer(numbers, dtype=dtype) if numbers else torch.empty(0, dtype=dtype)).reshape(entry["shape"])
    return tensors


class Member:
    """One encoder with its distance and its own threshold."""

    def __init__(self, described, part, weights):
        chosen = described["hyperparameters"]
        self.trial = described["trial"]
        given = described["input"]
        self.points, self.features = given.get("points"), given.get("features")
        if self.features is not None:
            self.input = (self.features,)
        elif self.points is not None:
            self.input = (self.points, 5)
        else:
            self.input = (given.get("channels", 1), given["height"], given["width"])
        self.threshold, self.weight = part["threshold"], part["weight"]
        self.is_sided = chosen["network"] == "pseudo-siamese"
        self.measure = DISTANCES[chosen["distance"]]
        encoder = self._side(chosen), self._side(chosen)
        bare = Sides(*encoder) if self.is_sided else encoder[0]
        bare.load_state_dict(weights)
        if chosen["normalize"] == "on":
            bare = Sides(*map(ToLengthOne, encoder)) if self.is_sided else ToLengthOne(bare)
        self.encoder = bare.eval()

    def _side(self, chosen):
        shape = self.input if self.points is None else (self.points,)
        if chosen["encoder"] == "strokes":
            shape += (chosen.get("context"), chosen.get("pooling"))
        if chosen["encoder"] == "mlp":
            shape += (chosen["hiddenLayers"], chosen["hiddenSize"])
        return ENCODERS[chosen["encoder"]](chosen["embeddingSize"], *shape)

    @torch.no_grad()
    def embed(self, pixels):
        """Embeddings of (B, C, H, W) pixels, 0 to 1, of (B, T, 5) points, or of (B, M) vectors."""
        if tuple(pixels.shape[1:]) != self.input:
            raise ValueError(f"Member {self.trial} takes (B, {', '.join(map(str, self.input))}), not {tuple(pixels.shape)}.")
        return self.encoder(pixels)

    def distances(self, first, second):
        """Distances between the embeddings of B first and B second images, (B), in units of this member's distance."""
        if self.is_sided:
            first, second = first.chunk(2, 1)[0], second.chunk(2, 1)[1]
        return self.measure(first, second)


class Ensemble:
    """The members, and how their distances become a verdict."""

    def __init__(self, folder=None):
        self.folder = Path(__file__).parent if folder is None else Path(folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        if (self.manifest.get("format"), self.manifest.get("formatVersion")) != (FORMAT, FORMAT_VERSION):
            raise ValueError(f"{self.folder}: not of format {FORMAT}, version {FORMAT_VERSION}.")
        self._hashes = {file["path"]: file["sha256"] for file in self.manifest["files"]}
        calibration = json.loads(self._read("calibration.json"))
        self.threshold, self.platt, self.isotonic = calibration["threshold"], calibration["platt"], calibration["isotonic"]
        self.recalibration = calibration.get("recalibration")
        if self.isotonic:  # distances are single precision; JSON has fewer digits
            self.isotonic["distances"] = torch.tensor(self.isotonic["distances"], dtype=torch.float32).tolist()
        self.members = [
            Member(described, part, read_safetensors(self._read(described["weights"])))
            for described, part in zip(self.manifest["members"], calibration["members"])
        ]

    def judge(self, first, second, prior=0.5):
        """Judges one pair. Pass each image as pixels (1, C, H, W), or as a dict from members' trials to pixels if they differ in input."""
        distances = [float(member.distances(self._embed(member, first), self._embed(member, second))[0]) for member in self.members]
        distance = self.combine(distances)
        return {
            "answer": "same" if distance <= self.threshold else "different",
            "distance": distance,
            "threshold": self.threshold,
            "probability": self.probability(distance, prior),
            "members": {member.trial: own for member, own in zip(self.members, distances)},
        }

    def combine(self, distances):
        """The weighted mean of the members' distances of a pair, each divided by its member's threshold."""
        combined = sum(own * (member.weight / member.threshold) for member, own in zip(self.members, distances))
        return torch.tensor(combined, dtype=torch.float32).item()

    def probability(self, distance, prior=0.5):
        """The probability of *same* at a combined distance."""
        even = self._isotonic(distance) if self.isotonic else self._sigmoid(distance)
        if self.recalibration and 0 < even < 1:
            odds = self.recalibration["slope"] * math.log(even / (1 - even)) + self.recalibration["shift"]
            even = 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))
        return even * prior / (even * prior + (1 - even) * (1 - prior))

    def _embed(self, member, pixels):
        return member.embed(pixels[member.trial] if isinstance(pixels, dict) else pixels)

    def _sigmoid(self, distance):
        x = self.platt["a"] * distance + self.platt["b"]
        return 1 / (1 + math.exp(x)) if x < 0 else math.exp(-x) / (1 + math.exp(-x))

    def _isotonic(self, distance):
        knots, values = self.isotonic["distances"], self.isotonic["probabilities"]
        beyond = sum(knot <= distance for knot in knots)
        if beyond in (0, len(knots)):
            return values[max(0, beyond - 1)]
        way = (distance - knots[beyond - 1]) / (knots[beyond] - knots[beyond - 1])
        return values[beyond - 1] + way * (values[beyond] - values[beyond - 1])

    def _read(self, path):
        data = (self.folder / path).read_bytes()
        if hashlib.sha256(data).hexdigest() != self._hashes[path]:
            raise ValueError(f"{self.folder / path} has changed since the export; export it again.")
        return data

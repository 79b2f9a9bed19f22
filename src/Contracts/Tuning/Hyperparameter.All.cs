namespace Siamese.Contracts.Tuning;

public sealed partial record Hyperparameter
{
    private const int LargestEmbedding = 4096;
    private const int LargestInput = 256;
    private const int MostPoints = 1000;
    private const int WidestVector = 65_536;
    private const int LargestHidden = 4096;

    /// <summary>Every hyperparameter. If one decides whether another applies, or its default, it comes first.</summary>
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Word("encoder", "encoder", ValueRange.Names, "Encoders.", h => h.Encoder, (h, v) => h with { Encoder = v! }),
        Word("backbone", "backbone", ValueRange.NamesInCluster, "Frozen networks (FILE.onnx, or FILE.onnx:LAYER) on whose features of the images the linear, mlp and scale encoders are trained; none if the data has vectors.", h => h.Backbone, (h, v) => h with { Backbone = v }),
        new("input-size", "input", ValueRange.SizeBetween(8, LargestInput), "Size of the images that the conv and residual encoders take, in pixels: the side of a square, or rows and columns such as 48x96.", GetInputSize, SetInputSize),
        Applicable("colour", "colour", "What the conv and residual encoders see of colours: grey, rgb.", h => h.Colour, (h, v) => h with { Colour = v }),
        Applicable("fit", "fit", "How images are fitted to the input size: stretch, pad (keep the ratio of the sides), ink (crop to what is drawn, then pad).", h => h.Fit, (h, v) => h with { Fit = v }),
        Number("points", "points", ValueRange.WholeBetween(8, MostPoints), "Number of points to which the strokes encoder resamples the path of a pen.", h => h.Points, (h, v) => h with { Points = (int?)v }),
        Applicable("resample", "resample", "How these points are spaced: time (equal steps of time), arc (equal steps along the path).", h => h.Resample, (h, v) => h with { Resample = v }),
        Switched("context", "context", "Show the strokes encoder the ink around each point.", h => h.Context, (h, v) => h with { Context = v }),
        Applicable("pooling", "pooling", "Which blocks of the strokes encoder are pooled: last, every.", h => h.Pooling, (h, v) => h with { Pooling = v }),
        Number("vector-width", "vector width", ValueRange.WholeBetween(0, WidestVector), "Numbers in a vector, for the linear, mlp and scale encoders; 0 is the number that the data has.", h => h.VectorWidth, (h, v) => h with { VectorWidth = (int?)v }),
        Number("hidden-layers", "hidden layers", ValueRange.WholeBetween(1, 2), "Hidden layers of the mlp encoder: 1 or 2.", h => h.HiddenLayers, (h, v) => h with { HiddenLayers = (int?)v }),
        Number("hidden-size", "hidden size", ValueRange.WholeBetween(1, LargestHidden), "Units of each hidden layer of the mlp encoder.", h => h.HiddenSize, (h, v) => h with { HiddenSize = (int?)v }),
        Number("embedding-size", "size", ValueRange.WholeBetween(1, LargestEmbedding), "Widths of the embedding.", h => h.EmbeddingSize, (h, v) => h with { EmbeddingSize = (int)v!.Value }),
        Enumerated("network", "network", "Whether both sides share an encoder: siamese, pseudo-siamese.", h => h.Network, (h, v) => h with { Network = v }),
        Word("from", "from weights", ValueRange.NamesInCluster, "Start every trial from the weights of an ensemble's best member (digits, or digits@3 for its version 3) or of a finished trial (its id, or the start of it).", h => h.From, (h, v) => h with { From = v }),
        Number("freeze", "frozen stages", ValueRange.WholeFrom(0), "With 'from', number of stages of the encoder, from the first, that keep the weights they start with.", h => h.Freeze, (h, v) => h with { Freeze = (int?)v }),
        Word("loss", "loss", ValueRange.Names, "Losses.", h => h.Loss, (h, v) => h with { Loss = v! }),
        Word("distance", "distance", ValueRange.Names, "Distances.", h => h.Distance, (h, v) => h with { Distance = v! }),
        Switched("normalize", "normalize", "Scale embeddings to length 1.", h => h.Normalize, (h, v) => h with { Normalize = v }),
        Enumerated("pairing", "pairing", "Pairs from whole batches (batch), from a list drawn once (listed), or without labels, from batches of nearest images (neighbours).", h => h.Pairing, (h, v) => h with { Pairing = v }),
        Word("mining", "mining", ValueRange.Names, "Which triplets of a batch count.", h => h.Mining, (h, v) => h with { Mining = v }),
        Number("margin", "margin", ValueRange.Above(0), "Margins of the loss, in units of the distance.", h => h.Margin, (h, v) => h with { Margin = v }),
        Number("temperature", "temperature", ValueRange.Above(0), "Temperature of nt-xent.", h => h.Temperature, (h, v) => h with { Temperature = v }),
        Number("gamma", "gamma", ValueRange.Above(0), "Scale γ of circle.", h => h.Gamma, (h, v) => h with { Gamma = v }),
        Number("alpha", "alpha", ValueRange.Above(0), "Sharpness α of multi-similarity over same pairs.", h => h.Alpha, (h, v) => h with { Alpha = v }),
        Number("beta", "beta", ValueRange.Above(0), "Sharpness β of multi-similarity over different pairs.", h => h.Beta, (h, v) => h with { Beta = v }),
        Number("base", "base", ValueRange.Between(-1, 1), "Similarity λ of multi-similarity between same and different.", h => h.Base, (h, v) => h with { Base = v }),
        Number("same-target", "same target", ValueRange.Between(-1, 1), "Cosine that same pairs should have with cosine-targets.", h => h.SameTarget, (h, v) => h with { SameTarget = v }),
        Number("different-target", "different target", ValueRange.Between(-1, 1), "Cosine that different pairs should have with cosine-targets.", h => h.DifferentTarget, (h, v) => h with { DifferentTarget = v }),
        Number("pairs", "pairs", ValueRange.WholeFrom(1), "Length of the list with 'pairing' listed.", h => h.Pairs, (h, v) => h with { Pairs = (int?)v }),
        Number("batch-size", "batch", ValueRange.WholeFrom(2), "Images in a batch, or pairs with 'pairing' listed.", h => h.BatchSize, (h, v) => h with { BatchSize = (int)v!.Value }),
        Number("balance", "balance", ValueRange.Between(0, 1), "Share (listed) or weight (otherwise) of different pairs.", h => h.Balance, (h, v) => h with { Balance = v }),
        Number("forged-share", "forged share", ValueRange.Between(0, 1), "Share of forgeries among the different pairs with 'pairing' listed, if the data has forgeries; 0 takes pairs as they come.", h => h.ForgedShare, (h, v) => h with { ForgedShare = v }),
        Number("neighbours", "neighbours", ValueRange.WholeBetween(1, 100), "Number of nearest images that are same with 'pairing' neighbours.", h => h.Neighbours, (h, v) => h with { Neighbours = (int?)v }),
        Switched("shifted-copies", "shifted copies", "With 'pairing' neighbours, add copies shifted by 3 and 6 pixels to either side, which are same too.", h => h.ShiftedCopies, (h, v) => h with { ShiftedCopies = v }),
        Switched("rotated-classes", "rotated classes", "Treat each class's images rotated by 90°, 180° and 270° as separate classes.", h => h.RotatedClasses, (h, v) => h with { RotatedClasses = v!.Value }),
        Enumerated("optimizer", "optimizer", "Optimizers: adam, adamw, sgd.", h => h.Optimizer, (h, v) => h with { Optimizer = v }),
        Number("momentum", "momentum", ValueRange.Between(0, 0.999), "Momentum of sgd.", h => h.Momentum, (h, v) => h with { Momentum = v }),
        Number("learning-rate", "rate", ValueRange.Above(0), "Learning rate, at the start or the peak.", h => h.LearningRate, (h, v) => h with { LearningRate = v!.Value }),
        Enumerated("schedule", "schedule", "How the learning rate changes: cosine, constant, one-cycle.", h => h.Schedule, (h, v) => h with { Schedule = v }),
        Number("weight-decay", "decay", ValueRange.From(0), "Weight decay.", h => h.WeightDecay, (h, v) => h with { WeightDecay = v!.Value }),
        Number("steps", "steps", ValueRange.WholeFrom(0), "Batches in an epoch, except with 'pairing' listed; 0 goes through the images once, and uses 4,000 at least.", h => h.Steps, (h, v) => h with { Steps = (int?)v }),
        Number("epochs", "epochs", ValueRange.WholeFrom(1), "Epochs of a trial.", h => h.Epochs, (h, v) => h with { Epochs = (int)v!.Value }),
        Number("patience", "patience", ValueRange.WholeFrom(0), "Stop after this many epochs without a lower validation EER; 0 never stops early.", h => h.Patience, (h, v) => h with { Patience = (int)v!.Value }),
        Enumerated("keep", "keep", "Which epoch's weights to keep: last, best.", h => h.Keep, (h, v) => h with { Keep = v }),
        Number("average-from", "average from", ValueRange.Between(0, 1), "Average the weights from this share of the epochs on; 1 averages none.", h => h.AverageFrom, (h, v) => h with { AverageFrom = v!.Value }),
        new("augment", "augment", ValueRange.OneOf(Words.All<Augmentation>()), "Change training images at random: on (for glyphs), gentle (for faces), off.", GetAugmentation, SetAugmentation),
        Number("rotation", "rotation", ValueRange.Between(0, 180), "Rotate images by up to this many degrees.", h => h.Rotation, (h, v) => h with { Rotation = v }),
        Number("scaling", "scaling", ValueRange.Between(0, 0.9), "Scale height and width by up to this share.", h => h.Scaling, (h, v) => h with { Scaling = v }),
        Number("shear", "shear", ValueRange.Between(0, 1), "Shift rows against each other by up to this much per row.", h => h.Shear, (h, v) => h with { Shear = v }),
        Number("shift", "shift", ValueRange.Between(0, 0.5), "Shift images by up to this share of their side.", h => h.Shift, (h, v) => h with { Shift = v }),
        Number("elastic", "elastic", ValueRange.Between(0, 0.5), "Distort images elastically by up to about this share of their side.", h => h.Elastic, (h, v) => h with { Elastic = v }),
        Number("stroke", "stroke", ValueRange.Between(0, 1), "Make strokes thicker or thinner by up to this many pixels on each side.", h => h.Stroke, (h, v) => h with { Stroke = v }),
        Number("blur", "blur", ValueRange.Between(0, 3), "Blur images by up to this many pixels (standard deviation).", h => h.Blur, (h, v) => h with { Blur = v }),
        Switched("flip", "flip", "Mirror half of the images, left to right.", h => h.Flip, (h, v) => h with { Flip = v }),
        Number("crop", "crop", ValueRange.Between(0, 0.9), "Cut up to this share of each side away.", h => h.Crop, (h, v) => h with { Crop = v }),
        Number("jitter", "jitter", ValueRange.Between(0, 1), "Change brightness, contrast and saturation by up to this share.", h => h.Jitter, (h, v) => h with { Jitter = v }),
        Number("erasing", "erasing", ValueRange.Between(0, 0.9), "Cover a rectangle of up to this share of an image.", h => h.Erasing, (h, v) => h with { Erasing = v }),
        Number("noise", "noise", ValueRange.Between(0, 1), "Add noise with up to this standard deviation: to pixels (black to white is 1), or to the points of strokes (the larger side is 1).", h => h.Noise, (h, v) => h with { Noise = v }),
        Number("time-warp", "time warp", ValueRange.Between(0, 0.25), "Let the pen run ahead or fall behind by up to this share of the time.", h => h.TimeWarp, (h, v) => h with { TimeWarp = v }),
        Number("dropped-ends", "dropped ends", ValueRange.Between(0, 0.45), "Leave out up to this share of the points at each end of the path.", h => h.DroppedEnds, (h, v) => h with { DroppedEnds = v }),
        Number("stroke-order", "stroke order", ValueRange.Between(0, 1), "Draw the strokes of this share of drawings in another order, some of them backwards.", h => h.StrokeOrder, (h, v) => h with { StrokeOrder = v }),
    ];

    private static HyperparameterValue? GetInputSize(Hyperparameters h) =>
        h.InputSize is { } rows ? new ImageSize(rows, h.InputWidth ?? rows).Value : default(HyperparameterValue?);

    private static Hyperparameters SetInputSize(Hyperparameters h, HyperparameterValue? value)
    {
        var size = value is { } stated ? ImageSize.Find(stated) : null;
        return h with { InputSize = size?.Rows, InputWidth = size?.Columns == size?.Rows ? null : size?.Columns };
    }

    private static HyperparameterValue? GetAugmentation(Hyperparameters h) =>
        Words.Of(!h.Augment ? Augmentation.Off : h.IsGentle ? Augmentation.Gentle : Augmentation.On);

    private static Hyperparameters SetAugmentation(Hyperparameters h, HyperparameterValue? value)
    {
        var augmentation = Words.Find<Augmentation>(value!.Value.Word!)!.Value;
        return h with { Augment = augmentation is not Augmentation.Off, IsGentle = augmentation is Augmentation.Gentle };
    }

    private static Hyperparameter Number(
        string name, string heading, ValueRange range, string description, Func<Hyperparameters, double?> get, Func<Hyperparameters, double?, Hyperparameters> set) =>
        new(name, heading, range, description, h => HyperparameterValue.Maybe(get(h)), (h, value) => set(h, value?.Number));

    private static Hyperparameter Word(
        string name, string heading, ValueRange range, string description, Func<Hyperparameters, string?> get, Func<Hyperparameters, string?, Hyperparameters> set) =>
        new(name, heading, range, description, h => HyperparameterValue.Maybe(get(h)), (h, value) => set(h, value?.Word));

    private static Hyperparameter Enumerated<T>(
        string name, string heading, string description, Func<Hyperparameters, T> get, Func<Hyperparameters, T, Hyperparameters> set) where T : struct, Enum =>
        new(name, heading, ValueRange.OneOf(Words.All<T>()), description, h => Words.Of(get(h)), (h, value) => set(h, Words.Find<T>(value!.Value.Word!)!.Value));

    /// <summary>An enumeration that is null if it does not apply.</summary>
    private static Hyperparameter Applicable<T>(
        string name, string heading, string description, Func<Hyperparameters, T?> get, Func<Hyperparameters, T?, Hyperparameters> set) where T : struct, Enum =>
        new(
            name,
            heading,
            ValueRange.OneOf(Words.All<T>()),
            description,
            h => HyperparameterValue.Maybe(get(h) is { } value ? Words.Of(value) : null),
            (h, value) => set(h, value is { Word: { } word } ? Words.Find<T>(word) : null));

    private static Hyperparameter Switched(
        string name, string heading, string description, Func<Hyperparameters, bool?> get, Func<Hyperparameters, bool?, Hyperparameters> set) =>
        new(
            name,
            heading,
            ValueRange.OneOf(Words.All<Switch>()),
            description,
            h => HyperparameterValue.Maybe(get(h) is { } isOn ? Words.Of(isOn ? Switch.On : Switch.Off) : null),
            (h, value) => set(h, value is { Word: { } word } ? word == Words.Of(Switch.On) : null));
}

namespace Siamese.Contracts.Tuning;

/// <summary>One point of the search space: everything about a trial that is chosen rather than given.</summary>
/// <remarks>
/// Canonical: what does not apply to the chosen loss, pairing and so on is null, so that equal training has equal
/// hyperparameters. Each has its name, range and words in <see cref="Hyperparameter.All"/>.
/// </remarks>
[GenerateSerializer, Immutable, Alias("siamese.Hyperparameters")]
public sealed record Hyperparameters
{
    /// <summary>Name of the encoder: `conv`, `article`, `koch`, `residual`, `chopra`, `drlim`, `tdnn` or `strokes`; for vectors `linear`, `mlp` or `scale`.</summary>
    [Id(0)] public string Encoder { get; init; } = "conv";

    /// <summary>Width D of an embedding.</summary>
    [Id(1)] public int EmbeddingSize { get; init; } = 32;

    /// <summary>Name of the distance: `euclidean`, `squared-euclidean`, `manhattan` or `cosine`.</summary>
    [Id(2)] public string Distance { get; init; } = "euclidean";

    /// <summary>Name of the loss.</summary>
    [Id(3)] public string Loss { get; init; } = "contrastive";

    /// <summary>The loss's margin, in units of the distance; null for a loss without one.</summary>
    [Id(4)] public double? Margin { get; init; } = 2;

    /// <summary>Where pairs come from.</summary>
    [Id(5)] public Pairing Pairing { get; init; } = Pairing.Batch;

    /// <summary>Length of the list of pairs (or triplets) that an epoch goes through with <see cref="Pairing.Listed"/>; null with another pairing.</summary>
    [Id(6)] public int? Pairs { get; init; }

    /// <summary>Images in a batch, or pairs (or triplets) with <see cref="Pairing.Listed"/>.</summary>
    [Id(7)] public int BatchSize { get; init; } = 120;

    /// <summary>
    /// From 0 to 1. Listed: the share of *different* pairs drawn. Otherwise: b in the loss (1−b)·mean over same + b·mean over
    /// different. Null for a loss that does not use pairs.
    /// </summary>
    [Id(8)] public double? Balance { get; init; } = 0.5;

    /// <summary>The optimizer's learning rate: at the start, or with <see cref="LearningRateSchedule.OneCycle"/> at the peak.</summary>
    [Id(9)] public double LearningRate { get; init; } = 2e-3;

    /// <summary>How the learning rate changes over the epochs.</summary>
    [Id(10)] public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Whether training images are changed at random.</summary>
    [Id(11)] public bool Augment { get; init; } = true;

    /// <summary>Number of epochs.</summary>
    [Id(12)] public int Epochs { get; init; } = 20;

    /// <summary>
    /// Height of the images that the encoder takes, and width if they are square, in pixels; null for an encoder that leaves no
    /// choice. In sweeps of earlier builds it is null for `conv` too, whose images were 28×28.
    /// </summary>
    [Id(13)] public int? InputSize { get; init; }

    /// <summary>Whether embeddings are scaled to length 1; null with the cosine distance, which ignores length.</summary>
    [Id(14)] public bool? Normalize { get; init; } = false;

    /// <summary>Whether both sides share one encoder.</summary>
    [Id(15)] public NetworkKind Network { get; init; } = NetworkKind.Siamese;

    /// <summary>Which pairs or triplets of a batch count: `all`, `semi-hard` or `batch-hard`; null if the loss or the pairing leaves no choice.</summary>
    [Id(16)] public string? Mining { get; init; } = "all";

    /// <summary>τ of NT-Xent; null for another loss.</summary>
    [Id(17)] public double? Temperature { get; init; }

    /// <summary>γ of the circle loss; null for another loss.</summary>
    [Id(18)] public double? Gamma { get; init; }

    /// <summary>α of the multi-similarity loss, the weight's sharpness over *same* pairs; null for another loss.</summary>
    [Id(19)] public double? Alpha { get; init; }

    /// <summary>β of the multi-similarity loss, the weight's sharpness over *different* pairs; null for another loss.</summary>
    [Id(20)] public double? Beta { get; init; }

    /// <summary>λ of the multi-similarity loss, the similarity between *same* and *different*; null for another loss.</summary>
    [Id(21)] public double? Base { get; init; }

    /// <summary>How gradients become steps.</summary>
    [Id(22)] public Optimizer Optimizer { get; init; } = Optimizer.Adam;

    /// <summary>Momentum of stochastic gradient descent; null for Adam.</summary>
    [Id(23)] public double? Momentum { get; init; }

    /// <summary>Weight decay of convolutions and linear layers; biases and normalisations are excluded.</summary>
    [Id(24)] public double WeightDecay { get; init; }

    /// <summary>Training stops after this many epochs without a lower validation EER; 0 never stops it early.</summary>
    [Id(25)] public int Patience { get; init; }

    /// <summary>Which epoch's weights the trial ends with.</summary>
    [Id(26)] public Keep Keep { get; init; } = Keep.Last;

    /// <summary>From this share of the epochs on, their weights are averaged; 1 averages none.</summary>
    [Id(27)] public double AverageFrom { get; init; } = 1;

    /// <summary>Whether changes without an explicit value use the defaults for faces; only with <see cref="Augment"/>.</summary>
    [Id(28)] public bool IsGentle { get; init; }

    /// <summary>Images are rotated by up to this many degrees; null without <see cref="Augment"/>, as are the other changes.</summary>
    [Id(29)] public double? Rotation { get; init; } = 15;

    /// <summary>Height and width are scaled by up to this share, independently.</summary>
    [Id(30)] public double? Scaling { get; init; } = 0.15;

    /// <summary>Rows are shifted against each other by up to this much per row.</summary>
    [Id(31)] public double? Shear { get; init; } = 0.2;

    /// <summary>Images are shifted by up to this share of their side.</summary>
    [Id(32)] public double? Shift { get; init; } = 0.06;

    /// <summary>Elastic distortion: a smooth field moves each part of an image by up to about this share of its side.</summary>
    [Id(33)] public double? Elastic { get; init; } = 0;

    /// <summary>Strokes are made thicker or thinner by up to this many pixels on each side.</summary>
    [Id(34)] public double? Stroke { get; init; } = 0;

    /// <summary>Standard deviation of the widest blur, pixels.</summary>
    [Id(35)] public double? Blur { get; init; } = 0;

    /// <summary>Largest standard deviation of the noise, as a share of black to white.</summary>
    [Id(36)] public double? Noise { get; init; } = 0;

    /// <summary>Whether the images of each class rotated by 90°, 180° and 270° are separate classes.</summary>
    [Id(37)] public bool RotatedClasses { get; init; }

    /// <summary>
    /// Batches, and so steps of the optimizer, in an epoch; 0 goes through the images once, or more often if there are fewer than
    /// 4,000. Null with <see cref="Pairing.Listed"/>.
    /// </summary>
    [Id(38)] public int? Steps { get; init; } = 0;

    /// <summary>Width of the images, if it is not <see cref="InputSize"/>.</summary>
    [Id(39)] public int? InputWidth { get; init; }

    /// <summary>What the encoder sees of colours; null for an encoder that leaves no choice.</summary>
    [Id(40)] public Colour? Colour { get; init; } = Tuning.Colour.Grey;

    /// <summary>How images are fitted to the encoder's input; null for an encoder that leaves no choice.</summary>
    [Id(41)] public Fit? Fit { get; init; } = Tuning.Fit.Stretch;

    /// <summary>Whether half of the images are mirrored, left to right; null without <see cref="Augment"/>, as are the changes below.</summary>
    [Id(42)] public bool? Flip { get; init; } = false;

    /// <summary>Up to this share of each side is cut away.</summary>
    [Id(43)] public double? Crop { get; init; } = 0;

    /// <summary>Brightness, contrast and saturation change by up to this share.</summary>
    [Id(44)] public double? Jitter { get; init; } = 0;

    /// <summary>A rectangle of up to this share of an image is covered.</summary>
    [Id(45)] public double? Erasing { get; init; } = 0;

    /// <summary>Number of points of pen strokes; null for an encoder that leaves no choice, or that takes images.</summary>
    [Id(46)] public int? Points { get; init; }

    /// <summary>How the points of pen strokes are spaced; null for an encoder of images.</summary>
    [Id(47)] public Resample? Resample { get; init; }

    /// <summary>Which blocks the `strokes` encoder pools; null for the others, and for members that an earlier build trained, which pool the last.</summary>
    [Id(56)] public Pooling? Pooling { get; init; }

    /// <summary>Whether the `strokes` encoder sees the ink around each point; null for the others, and for members that an earlier build trained, which do not.</summary>
    [Id(57)] public bool? Context { get; init; }

    /// <summary>The pen runs ahead or falls behind by up to this share of the duration; null without <see cref="Augment"/> and for images.</summary>
    [Id(48)] public double? TimeWarp { get; init; }

    /// <summary>Up to this share of the points is left out at each end; null without <see cref="Augment"/> and for images.</summary>
    [Id(49)] public double? DroppedEnds { get; init; }

    /// <summary>Share of drawings whose strokes are drawn in another order, some backwards; null without <see cref="Augment"/> and for images.</summary>
    [Id(55)] public double? StrokeOrder { get; init; }

    /// <summary>The cosine that *same* pairs should have; null for another loss than `cosine-targets`.</summary>
    [Id(50)] public double? SameTarget { get; init; }

    /// <summary>The cosine that *different* pairs should have; null for another loss than `cosine-targets`.</summary>
    [Id(51)] public double? DifferentTarget { get; init; }

    /// <summary>
    /// Share of skilled forgeries among the *different* pairs of a list, if the data has forgeries; 0 takes pairs as they come. Null with
    /// another pairing than <see cref="Pairing.Listed"/>, and in sweeps of earlier builds.
    /// </summary>
    [Id(52)] public double? ForgedShare { get; init; }

    /// <summary>Number of nearest images that are *same* with <see cref="Pairing.Neighbours"/>; null with another pairing.</summary>
    [Id(53)] public int? Neighbours { get; init; }

    /// <summary>Whether copies shifted by 3 and 6 pixels to either side are added with <see cref="Pairing.Neighbours"/>; null with another pairing.</summary>
    [Id(54)] public bool? ShiftedCopies { get; init; }

    /// <summary>Numbers in a vector; 0 until the data is known, and null for an encoder that takes something else.</summary>
    [Id(58)] public int? VectorWidth { get; init; }

    /// <summary>Number of hidden layers; null for an encoder without them.</summary>
    [Id(59)] public int? HiddenLayers { get; init; }

    /// <summary>Units of a hidden layer; null for an encoder without them.</summary>
    [Id(60)] public int? HiddenSize { get; init; }

    /// <summary>
    /// Name of the frozen network that computes the vectors, with the hash of its manifest; `none` if they are the data, and
    /// null for an encoder that takes something else, and in sweeps of earlier builds.
    /// </summary>
    [Id(61)] public string? Backbone { get; init; }

    /// <summary>
    /// The SHA-256 of the weights that the encoder starts with, hexadecimal, which is the name of their blob; null if it starts with
    /// random ones. A request may state it as the name of an ensemble or the id of a trial; the sweep finds the weights.
    /// </summary>
    [Id(70)] public string? From { get; init; }

    /// <summary>Number of stages of the encoder, from the first, that keep the weights of <see cref="From"/>; null without it.</summary>
    [Id(71)] public int? Freeze { get; init; }
}

using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Networks;

/// <summary>An encoder that you can choose by name. Each encoder describes itself in its own file, by one of the factories here.</summary>
public sealed record EncoderKind
{
    private const double MostVectorsPerSecond = 120_000, ProductsPerSecond = 10e9;

    private readonly Func<Hyperparameters, InputShape> _input;
    private readonly Func<InputShape, Hyperparameters, double> _rate;
    private readonly Func<InputShape, Hyperparameters, Encoder> _make;

    private EncoderKind(string name, InputKinds takes, Func<Hyperparameters, InputShape> input, Func<InputShape, Hyperparameters, double> rate, Func<InputShape, Hyperparameters, Encoder> make) =>
        (Name, Takes, _input, _rate, _make) = (name, takes, input, rate, make);

    /// <summary>The name that users and trials use.</summary>
    public string Name { get; }

    /// <summary>What it embeds: images, pen strokes or vectors.</summary>
    public InputKinds Takes { get; }

    /// <summary>Default side of its images; null if it leaves no choice of size, colour and fit.</summary>
    public int? DefaultInputSize { get; private init; }

    /// <summary>Default number of points of its strokes; null if it leaves no choice.</summary>
    public int? DefaultPoints { get; private init; }

    /// <summary>Whether it has hidden layers whose number and size are chosen.</summary>
    public bool HasHiddenLayers { get; internal init; }

    /// <summary>Whether its embeddings are as wide as its vectors.</summary>
    public bool KeepsWidth { get; internal init; }

    private int? OneWidth { get; init; }

    /// <summary>Counts the stages of its encoder (see <see cref="Encoder.Stages"/>) for an input and a trial's hyperparameters.</summary>
    internal Func<InputShape, Hyperparameters, int> StageCount { private get; init; } = (_, _) => 0;

    /// <summary>Number of stages of a trial's encoder that can be frozen.</summary>
    public int Stages(Hyperparameters hyperparameters) => StageCount(Input(hyperparameters), hyperparameters);

    /// <summary>The only width D of the embeddings of a trial's encoder; null if it leaves the choice.</summary>
    public int? FixedWidth(Hyperparameters hyperparameters) => KeepsWidth ? hyperparameters.VectorWidth ?? 0 : OneWidth;

    /// <summary>An encoder of images of any size and colour.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="side">Default side of its images.</param>
    /// <param name="rate">Rough number of images per second that one core trains, for time estimates before anything is measured.</param>
    /// <param name="make">Makes it for an input and the width D of an embedding.</param>
    internal static EncoderKind OfImages(string name, int side, Func<ImageShape, double> rate, Func<ImageShape, int, Encoder> make) =>
        new(name, InputKinds.Images, h => Images(h, side), (input, _) => rate((ImageShape)input), (input, h) => make((ImageShape)input, h.EmbeddingSize)) { DefaultInputSize = side };

    /// <summary>An encoder of images of one shape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="input">The shape.</param>
    /// <param name="rate">Rough number of images per second that one core trains.</param>
    /// <param name="make">Makes it for the width D of an embedding.</param>
    internal static EncoderKind OfImages(string name, ImageShape input, double rate, Func<int, Encoder> make) =>
        new(name, InputKinds.Images, _ => input, (_, _) => rate, (_, h) => make(h.EmbeddingSize));

    /// <summary>An encoder of strokes of any number of points.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="points">Default number of points.</param>
    /// <param name="rate">Rough number of drawings per second that one core trains, for an input and a trial's hyperparameters.</param>
    /// <param name="make">Makes it for an input and a trial's hyperparameters.</param>
    internal static EncoderKind OfStrokes(string name, int points, Func<StrokeShape, Hyperparameters, double> rate, Func<StrokeShape, Hyperparameters, Encoder> make) =>
        new(name, InputKinds.Strokes, h => new StrokeShape(h.Points ?? points, h.Resample ?? Resample.Time), (input, h) => rate((StrokeShape)input, h), (input, h) => make((StrokeShape)input, h))
        {
            DefaultPoints = points,
        };

    /// <summary>An encoder of strokes of one number of points, with embeddings of one width.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="points">The number of points.</param>
    /// <param name="width">The width D of an embedding.</param>
    /// <param name="rate">Rough number of drawings per second that one core trains.</param>
    /// <param name="make">Makes it for an input.</param>
    internal static EncoderKind OfStrokes(string name, int points, int width, double rate, Func<StrokeShape, Encoder> make) =>
        new(name, InputKinds.Strokes, h => new StrokeShape(points, h.Resample ?? Resample.Time), (_, _) => rate, (input, _) => make((StrokeShape)input)) { OneWidth = width };

    /// <summary>An encoder of vectors of any width.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="products">Multiplications for one vector, forward, for an input and a trial's hyperparameters.</param>
    /// <param name="make">Makes it for an input and a trial's hyperparameters.</param>
    internal static EncoderKind OfVectors(string name, Func<VectorShape, Hyperparameters, double> products, Func<VectorShape, Hyperparameters, Encoder> make) =>
        new(
            name, InputKinds.Vectors, h => BackboneName.Find(h.Backbone) is { } backbone ? new BackboneShape(backbone) : new VectorShape(h.VectorWidth ?? 0),
            // Picking vectors, the loss and the step take longer than few multiplications.
            (input, h) => 1 / (1 / MostVectorsPerSecond + (products((VectorShape)input, h) / ProductsPerSecond)),
            (input, h) => make((VectorShape)input, h));

    /// <summary>The input of a trial's encoder.</summary>
    public InputShape Input(Hyperparameters hyperparameters) => _input(hyperparameters);

    /// <summary>Rough number of items per second that one core trains.</summary>
    public double ItemsPerSecond(Hyperparameters hyperparameters) => _rate(Input(hyperparameters), hyperparameters);

    /// <summary>Creates the encoder for a trial's hyperparameters, including whether its embeddings have length 1.</summary>
    public Encoder Create(Hyperparameters hyperparameters)
    {
        var encoder = _make(Input(hyperparameters), hyperparameters);
        encoder.IsNormalized = hyperparameters.Normalize is true;
        return encoder;
    }

    private static ImageShape Images(Hyperparameters h, int side)
    {
        var rows = h.InputSize ?? side;
        return new ImageShape(rows, h.InputWidth ?? rows, h.Colour is Colour.Rgb ? 3 : 1, h.Fit ?? Fit.Stretch);
    }
}

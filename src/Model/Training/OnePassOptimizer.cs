using System.Numerics;
using System.Runtime.InteropServices;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Checkpoints;
using TorchSharp.Modules;

namespace Siamese.Model.Training;

/// <summary>
/// Steps along gradients, in one pass over weights, gradients and what is kept of each weight. All that is kept lies in
/// flat buffers, one number for each weight.
/// </summary>
/// <remarks>
/// Every weight is worked out by the same few roundings whatever the vectors' width: the same on any processor, and to
/// the last bit each time. The library's optimizers agree to 1e-6.
/// </remarks>
internal abstract class OnePassOptimizer
{
    private readonly Parameter[] _parameters;
    private readonly string _name;
    private readonly string[] _kept;
    private readonly float[][] _buffers;

    /// <param name="parameters">What to train; float32, on the CPU.</param>
    /// <param name="name">What its buffers are called by in a checkpoint.</param>
    /// <param name="kept">Names of the numbers that are kept of each weight.</param>
    protected OnePassOptimizer(IEnumerable<Parameter> parameters, string name, params string[] kept)
    {
        _parameters = [.. parameters];
        (_name, _kept) = (name, kept);
        var count = _parameters.Sum(parameter => parameter.numel());
        _buffers = [.. kept.Select(_ => new float[count])];
    }

    /// <summary>Steps so far, the one under way included.</summary>
    protected int Steps { get; private set; }

    /// <summary>The optimizer of a trial.</summary>
    public static OnePassOptimizer Of(Hyperparameters hyperparameters, IEnumerable<Parameter> parameters) => hyperparameters.Optimizer switch
    {
        Optimizer.Adam => new OnePassAdam(parameters, hyperparameters.WeightDecay, isDecoupled: false),
        Optimizer.Adamw => new OnePassAdam(parameters, hyperparameters.WeightDecay, isDecoupled: true),
        Optimizer.Sgd => new OnePassDescent(parameters, hyperparameters.Momentum!.Value, hyperparameters.WeightDecay),
        _ => throw new ArgumentException($"There is no optimizer {hyperparameters.Optimizer}.", nameof(hyperparameters)),
    };

    /// <summary>One step along the gradients, which it leaves at zero, so that the next batch's take no new memory. A weight without a gradient stays.</summary>
    public void Step(double rate)
    {
        Steps++;
        var offset = 0;
        foreach (var parameter in _parameters)
        {
            var weights = MemoryMarshal.Cast<byte, float>(parameter.bytes);
            var place = new Range(offset, offset + weights.Length);
            offset += weights.Length;
            using var gradient = parameter.grad;
            if (gradient is null)
                continue;
            using var inOrder = gradient.contiguous();
            // Biases and normalisations are vectors, and weight decay is not for them.
            Update(weights, MemoryMarshal.Cast<byte, float>(inOrder.bytes), place, rate, isDecayed: parameter.dim() > 1);
            if (!gradient.is_contiguous())
                gradient.zero_(); // What was in order was a copy.
        }
    }

    /// <summary>A copy of all that is kept, and of the number of steps.</summary>
    public IEnumerable<NamedTensor> Copy() =>
    [
        .. _kept.Zip(_buffers, (kept, buffer) => new NamedTensor(Named(kept), [buffer.Length], (float[])buffer.Clone())),
        new(Named("steps"), [], [Steps]),
    ];

    /// <summary>Goes on from a copy.</summary>
    /// <param name="copy">What <see cref="Copy"/> gave, among other tensors.</param>
    /// <returns>The other tensors.</returns>
    /// <exception cref="InvalidDataException">It is not of this optimizer, or not of as many weights.</exception>
    public IReadOnlyList<NamedTensor> Restore(IEnumerable<NamedTensor> copy)
    {
        var ours = new Dictionary<string, NamedTensor>();
        var others = new List<NamedTensor>();
        foreach (var tensor in copy)
        {
            if (tensor.Name.StartsWith(Named(""), StringComparison.Ordinal))
                ours.Add(tensor.Name, tensor);
            else
                others.Add(tensor);
        }

        if (!_kept.Zip(_buffers).All(kept => ours.TryGetValue(Named(kept.First), out var tensor) && !tensor.IsInteger && tensor.Values.Length == kept.Second.Length)
            || !ours.TryGetValue(Named("steps"), out var steps) || steps is not { IsInteger: true, Integers: [var count] })
        {
            throw new InvalidDataException($"What {_name} keeps is missing, or not of these weights.");
        }

        foreach (var (kept, buffer) in _kept.Zip(_buffers))
            ours[Named(kept)].Values.CopyTo(buffer, 0);
        Steps = (int)count;
        return others;
    }

    /// <summary>One parameter's step. Sets gradients to zero while they are in the cache: a pass of its own took 0.2 ms for the article's network.</summary>
    /// <param name="weights">What to change.</param>
    /// <param name="gradient">As long.</param>
    /// <param name="place">Where what is kept of them lies in each buffer.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="isDecayed">Whether weight decay is for them.</param>
    protected abstract void Update(Span<float> weights, Span<float> gradient, Range place, double rate, bool isDecayed);

    /// <summary>What is kept of the weights of a place, by the number of its name.</summary>
    protected Span<float> Kept(int number, Range place) => _buffers[number].AsSpan(place);

    /// <summary>As many whole vectors as there are.</summary>
    protected static Span<Vector<float>> Vectors(Span<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);

    private string Named(string kept) => $"{_name}.{kept}";
}

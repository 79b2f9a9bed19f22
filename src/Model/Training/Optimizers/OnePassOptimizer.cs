using System.Numerics;
using System.Runtime.InteropServices;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using TorchSharp.Modules;

namespace Siamese.Model.Training.Optimizers;

/// <summary>
/// Updates weights in one pass over weights, gradients and optimizer state. The state is in flat buffers, with one number
/// per weight.
/// </summary>
/// <remarks>
/// Every weight is rounded in the same way for any vector width, so results are bit-identical on every processor and in
/// every run. The library's optimizers agree to 1e-6.
/// </remarks>
internal abstract class OnePassOptimizer
{
    private readonly Parameter[] _parameters;
    private readonly string _name;
    private readonly string[] _kept;
    private readonly float[][] _buffers;

    /// <param name="parameters">What to train; float32, on the CPU.</param>
    /// <param name="name">Prefix of its buffers' names in a checkpoint.</param>
    /// <param name="kept">Names of the state that is kept for each weight.</param>
    protected OnePassOptimizer(IEnumerable<Parameter> parameters, string name, params string[] kept)
    {
        _parameters = [.. parameters];
        (_name, _kept) = (name, kept);
        var count = _parameters.Sum(parameter => parameter.numel());
        _buffers = [.. kept.Select(_ => new float[count])];
    }

    /// <summary>Steps so far, including the current one.</summary>
    protected int Steps { get; private set; }

    /// <summary>Creates the optimizer of a trial.</summary>
    public static OnePassOptimizer Of(Hyperparameters hyperparameters, IEnumerable<Parameter> parameters) => hyperparameters.Optimizer switch
    {
        Optimizer.Adam => new OnePassAdam(parameters, hyperparameters.WeightDecay, isDecoupled: false),
        Optimizer.Adamw => new OnePassAdam(parameters, hyperparameters.WeightDecay, isDecoupled: true),
        Optimizer.Sgd => new OnePassDescent(parameters, hyperparameters.Momentum!.Value, hyperparameters.WeightDecay),
        _ => throw new ArgumentException($"There is no optimizer {hyperparameters.Optimizer}.", nameof(hyperparameters)),
    };

    /// <summary>Takes one step. It sets gradients to zero, so that the next batch allocates no new ones. A weight without a gradient does not change.</summary>
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
            // Biases and normalisations are vectors; they get no weight decay.
            Update(weights, MemoryMarshal.Cast<byte, float>(inOrder.bytes), place, rate, isDecayed: parameter.dim() > 1);
            if (!gradient.is_contiguous())
                gradient.zero_(); // The contiguous gradient was a copy.
        }
    }

    /// <summary>A copy of the state and the number of steps.</summary>
    public IEnumerable<NamedTensor> Copy() =>
    [
        .. _kept.Zip(_buffers, (kept, buffer) => new NamedTensor(Named(kept), [buffer.Length], (float[])buffer.Clone())),
        new(Named("steps"), [], [Steps]),
    ];

    /// <summary>Resumes from a copy.</summary>
    /// <param name="copy">The tensors from <see cref="Copy"/>, among others.</param>
    /// <returns>The other tensors.</returns>
    /// <exception cref="InvalidDataException">The copy is from another optimizer or has another number of weights.</exception>
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
            throw new InvalidDataException($"The state of optimizer {_name} is missing or does not match these weights.");
        }

        foreach (var (kept, buffer) in _kept.Zip(_buffers))
            ours[Named(kept)].Values.CopyTo(buffer, 0);
        Steps = (int)count;
        return others;
    }

    /// <summary>Updates one parameter. Sets gradients to zero while they are in the cache: a separate pass took 0.2 ms for the article's network.</summary>
    /// <param name="weights">The weights to update.</param>
    /// <param name="gradient">Their gradient, of the same length.</param>
    /// <param name="place">Where their state is in each buffer.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="isDecayed">Whether weight decay applies to them.</param>
    protected abstract void Update(Span<float> weights, Span<float> gradient, Range place, double rate, bool isDecayed);

    /// <summary>The state of the weights at a place, by index of its name.</summary>
    protected Span<float> Kept(int number, Range place) => _buffers[number].AsSpan(place);

    /// <summary>The whole vectors, without the remainder.</summary>
    protected static Span<Vector<float>> Vectors(Span<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);

    private string Named(string kept) => $"{_name}.{kept}";
}

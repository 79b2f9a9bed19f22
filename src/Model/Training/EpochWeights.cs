using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>
/// Selects the weights that a trial is validated with and ends with: those of one epoch, or the mean over several epochs
/// (Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI 2018; the statistics of batch
/// normalisation are averaged too, not recomputed), as of the last or the best epoch.
/// </summary>
internal sealed class EpochWeights(Hyperparameters hyperparameters, Encoder encoder) : IDisposable
{
    private const string AveragePrefix = "average.";
    private const string BestPrefix = "best.";

    private Encoder? _average;
    private NamedTensor[]? _best;
    private NamedTensor[]? _last;

    /// <summary>Number of epochs before averaging starts.</summary>
    private int Before => (int)Math.Floor(hyperparameters.AverageFrom * hyperparameters.Epochs);

    /// <summary>Includes the weights of an epoch, from 1.</summary>
    /// <returns>The encoder that represents the trial after this epoch.</returns>
    public Encoder After(int epoch)
    {
        var taken = epoch - Before;
        if (taken < 1)
            return encoder;
        _average ??= Encoders.Create(hyperparameters);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var ((_, mean), (_, weights)) in _average.state_dict().Zip(encoder.state_dict()))
            mean.copy_(taken == 1 || !mean.is_floating_point() ? weights : mean.Plus((weights - mean).Times(1.0 / taken)));
        return _average;
    }

    /// <summary>Records that an epoch was validated. Its weights are copied if the trial may end with them while the next epoch trains.</summary>
    /// <param name="validated">The encoder from <see cref="After"/>.</param>
    /// <param name="isBest">Whether no earlier epoch was as good.</param>
    public void Validated(Encoder validated, bool isBest)
    {
        if (hyperparameters.Keep is Keep.Last)
            _last = validated == _average ? null : ModuleWeights.Copy(validated);
        else if (isBest)
            _best = ModuleWeights.Copy(validated);
    }

    /// <summary>Loads the weights of the best epoch into an encoder.</summary>
    public void SetToBest(Encoder validated) => ModuleWeights.Set(validated, _best!);

    /// <summary>
    /// Goes back to what was last passed to <see cref="Validated"/>, or to the best epoch if that is kept. What was trained
    /// since is lost.
    /// </summary>
    public Encoder BackToValidated()
    {
        if (_average is not null)
            return _average;
        ModuleWeights.Set(encoder, (_last ?? _best)!);
        return encoder;
    }

    /// <summary>A copy of the averaged and the best weights.</summary>
    public IEnumerable<NamedTensor> Copy() =>
    [
        .. Prefixed(AveragePrefix, _average is null ? [] : ModuleWeights.Copy(_average)),
        .. Prefixed(BestPrefix, _best ?? []),
    ];

    /// <summary>Resumes from a copy.</summary>
    /// <param name="copy">The tensors from <see cref="Copy"/>, among others.</param>
    /// <returns>The other tensors.</returns>
    /// <exception cref="InvalidDataException">The copy does not match this trial's network.</exception>
    public IReadOnlyList<NamedTensor> Restore(IReadOnlyList<NamedTensor> copy)
    {
        var (average, best) = (Unprefixed(AveragePrefix, copy), Unprefixed(BestPrefix, copy));
        if (average.Length > 0)
            ModuleWeights.Set(_average ??= Encoders.Create(hyperparameters), average);
        if (best.Length > 0)
            _best = best;
        return [.. copy.Where(tensor => !tensor.Name.StartsWith(AveragePrefix, StringComparison.Ordinal) && !tensor.Name.StartsWith(BestPrefix, StringComparison.Ordinal))];
    }

    public void Dispose() => _average?.Dispose();

    private static IEnumerable<NamedTensor> Prefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
        tensors.Select(tensor => tensor.As(prefix + tensor.Name));

    private static NamedTensor[] Unprefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
        [.. tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor.As(tensor.Name[prefix.Length..]))];
}

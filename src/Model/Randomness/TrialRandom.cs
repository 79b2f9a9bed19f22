using static TorchSharp.torch;

namespace Siamese.Model.Randomness;

/// <summary>
/// All random numbers of a trial, as a function of seed, purpose, epoch and batch. A trial therefore replays bit for bit next
/// to other trials of the process, and a resumed trial needs only its epoch and batch, not the state of a generator.
/// </summary>
public sealed class TrialRandom(int seed) : IDisposable
{
    /// <summary>The generator for tensors: weights, dropout, augmentation. Seeded by <see cref="Begin"/>.</summary>
    public Generator Tensors { get; } = new(0, CPU);

    /// <summary>Seeds <see cref="Tensors"/> for a batch; epoch 0 and batch 0 are for the initial weights.</summary>
    public void Begin(int epoch, int batch) => Tensors.manual_seed(Mix(0, epoch, batch));

    /// <summary>A generator for what is drawn once per epoch: the images of batches, or the order of the list.</summary>
    public Random ForEpoch(int epoch) => new((int)Mix(1, epoch, 0));

    /// <summary>A generator for what is drawn once per trial: the list of pairs or triplets.</summary>
    public Random ForTrial() => new((int)Mix(2, 0, 0));

    public void Dispose() => Tensors.Dispose();

    /// <summary>Chains <see cref="SplitMix64"/> over the four numbers: similar numbers give unrelated seeds.</summary>
    private long Mix(int purpose, int epoch, int batch)
    {
        ulong state = 0;
        foreach (var part in (ReadOnlySpan<int>)[seed, purpose, epoch, batch])
            state = new SplitMix64(state + (uint)part).Next();
        return (long)(state >> 1);
    }
}

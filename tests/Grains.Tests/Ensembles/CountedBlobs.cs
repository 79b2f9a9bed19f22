using System.Collections.Concurrent;
using System.Collections.Immutable;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Grains.Tests.Ensembles;

/// <summary>Weights in memory; counts how often each is loaded.</summary>
internal sealed class CountedBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly ConcurrentDictionary<string, int> _loads = [];
    private readonly ConcurrentDictionary<string, bool> _lost = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = [];

    public TaskCompletionSource Gate { get; set; } = Opened();

    public bool Fails { get; set; }

    /// <summary>The scheduler of the last load.</summary>
    public TaskScheduler? Scheduler { get; private set; }

    public int AllLoads => _loads.Values.Sum();

    public int Loads(string name) => _loads.GetValueOrDefault(name);

    public long Length(string name) => _blobs[name].Length;

    public string Add(int seed)
    {
        using var encoder = Encoders.Create(new Hyperparameters());
        using var generator = new torch.Generator((ulong)seed);
        encoder.Initialize(generator);
        _blobs.Add($"{seed}", ModuleWeights.Save(encoder));
        return $"{seed}";
    }

    public void Lose(string name) => _lost[name] = true;

    public void Find(string name) => _lost.TryRemove(name, out _);

    /// <summary>Completes once the blob is requested.</summary>
    public Task Asked(string name) => Told(name).Task;

    public async Task<byte[]> Get(string name, CancellationToken cancellation)
    {
        Scheduler = TaskScheduler.Current;
        _loads.AddOrUpdate(name, 1, (_, loads) => loads + 1);
        // A test that waits in Asked may change the gate.
        var gate = Gate;
        Told(name).TrySetResult();
        await gate.Task;
        return Fails || _lost.ContainsKey(name) ? throw new BlobException("Lost.") : _blobs[name];
    }

    public Task<string> Put(byte[] bytes, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<long> Delete(string name, CancellationToken cancellation) => throw new NotSupportedException();

    private TaskCompletionSource Told(string name) => _asked.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}

using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests;

/// <summary>A sweep with prepared answers, one for each poll; the last one repeats.</summary>
internal sealed class FakeSweep : ISweepGrain
{
    private readonly Queue<Func<int, SweepProgress>> _answers = new();
    private Func<int, SweepProgress> _last = _ => new() { Sweep = "zolaki-47", Phase = SweepPhase.Unknown };

    public List<string> Calls { get; } = [];

    public SweepRequest? Submitted { get; private set; }

    public Exception? Refusal { get; set; }

    public List<TrialReport> Trials { get; } = [Some.Trial()];

    public HashSet<string> UnfinishedTrials { get; } = [];

    public FakeSweep Answer(params SweepProgress[] answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(_ => answer);
        return this;
    }

    public FakeSweep Do(Func<SweepProgress> answer) => Do(_ => answer());

    /// <param name="answer">Receives the cursor.</param>
    public FakeSweep Do(Func<int, SweepProgress> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public Task Submit(SweepRequest request, CancellationToken cancellation)
    {
        Calls.Add("Submit");
        Submitted = request;
        return Refusal is null ? Task.CompletedTask : Task.FromException(Refusal);
    }

    public Task<SweepProgress> GetProgress(int cursor, CancellationToken cancellation)
    {
        Calls.Add($"GetProgress {cursor}");
        if (_answers.TryDequeue(out var next))
            _last = next;
        return Task.FromResult(_last(cursor));
    }

    public Task Start(CancellationToken cancellation) => Note("Start");

    public Task<ImmutableArray<TrialReport>> GetTrials(CancellationToken cancellation) => Task.FromResult(Trials.ToImmutableArray());

    public ImportanceReport Importance { get; set; } = Some.Importance();

    public Task<ImportanceReport> GetImportance(CancellationToken cancellation) =>
        Refusal is null ? Task.FromResult(Importance) : Task.FromException<ImportanceReport>(Refusal);

    public Task Cancel(CancellationToken cancellation) => Note("Cancel");

    public Task<bool> CancelTrial(string trial, CancellationToken cancellation) =>
        Task.FromResult(UnfinishedTrials.Any(id => id.StartsWith(trial, StringComparison.Ordinal)));

    public Task Finish(CancellationToken cancellation) => Note("Finish");

    public Task<bool> FinishTrial(string trial, CancellationToken cancellation) => CancelTrial(trial, cancellation);

    /// <summary>Number of trials that a retry runs again.</summary>
    public int Failed { get; set; }

    public async Task<int> Retry(CancellationToken cancellation)
    {
        await Note("Retry");
        return Failed;
    }

    public Task Extend(int points, StopRule stop, CancellationToken cancellation) => Note($"Extend {points} {stop}");

    public async Task<long> Remove(CancellationToken cancellation)
    {
        await Note("Remove");
        return 12_345_678;
    }

    private Task Note(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}

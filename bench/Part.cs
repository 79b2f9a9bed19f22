using Siamese.Bench.Reports;

namespace Siamese.Bench;

/// <summary>A part of the benchmark.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Run">Measures, and returns each figure as soon as it is known.</param>
internal sealed record Part(string Name, Func<BenchOptions, IAsyncEnumerable<Figure>> Run)
{
    /// <summary>Whether `all` leaves it out: it is slow, or measures something other than speed. `all --smoke` includes it.</summary>
    public bool IsApart { get; init; }

    /// <summary>Whether even its shortest form takes minutes, so that `all --smoke` leaves it out too.</summary>
    public bool IsNeverShort { get; init; }

    /// <summary>Why it cannot run here with these options; null if it can.</summary>
    public Func<BenchOptions, string?> Missing { get; init; } = _ => null;

    /// <exception cref="InvalidOperationException">It cannot run here.</exception>
    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        if (Missing(options) is { } reason)
            throw new InvalidOperationException($"{Name} cannot run: {reason}");
        await foreach (var figure in Run(options))
            yield return figure;
    }
}

using Siamese.Bench.Reports;

namespace Siamese.Bench;

/// <summary>Runs things that may fail, one after another: the failure of one is reported and does not cost the others.</summary>
/// <param name="kind">What they are called in messages, as `parts`.</param>
internal sealed class Attempts(string kind)
{
    private readonly List<string> _failed = [];

    /// <summary>Names those that have failed; null if none has.</summary>
    public string? Failures => _failed.Count == 0 ? null : $"{_failed.Count} {kind} failed: {string.Join(", ", _failed)}.";

    /// <summary>The figures of one of them; if it fails, those before its failure.</summary>
    public async IAsyncEnumerable<Figure> Try(string name, Func<IAsyncEnumerable<Figure>> run)
    {
        await using var figures = run().GetAsyncEnumerator();
        while (await Next(name, figures))
            yield return figures.Current;
    }

    private async Task<bool> Next(string name, IAsyncEnumerator<Figure> figures)
    {
        try
        {
            return await figures.MoveNextAsync();
        }
        catch (Exception e)
        {
            _failed.Add(name);
            await Console.Error.WriteLineAsync($"{name} failed: {e}");
            return false;
        }
    }
}

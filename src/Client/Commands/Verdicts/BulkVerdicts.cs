using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>
/// Judges every pair of a list, many per call and several calls at a time, and writes the verdicts in the order of the pairs
/// as they arrive. All use one version of the ensemble and the same terms.
/// </summary>
/// <param name="termsText">The terms as written next to each verdict.</param>
internal sealed class BulkVerdicts(Surroundings surroundings, Calls calls, PairsFile pairs, string termsText)
{
    /// <summary>Enough for two silos, or their threads: each judges one call while the next is on its way.</summary>
    private const int CallsAtOnce = 4;

    private readonly int[] _answers = new int[Enum.GetValues<Answer>().Length];
    private int _written;
    private int _problems;

    /// <param name="ensemble">Its name.</param>
    /// <param name="terms">How to judge. Without a version, uses the one that the file was started with, else the newest.</param>
    /// <exception cref="BadInputException">The CSV, the file or the ensemble cannot be used.</exception>
    public async Task<BulkVerdictDocument> Run(string ensemble, VerdictTerms terms, string output)
    {
        var start = surroundings.Clock.GetTimestamp();
        var count = pairs.Count;
        foreach (var remark in pairs.Remarks)
            surroundings.Terminal.Error.WriteLine(remark);
        using var file = VerdictsFile.Open(output, pairs);
        var version = await Version(ensemble, terms.Version, file, output);
        if (file.Judge?.Terms is { } earlier && earlier != termsText)
            throw new BadInputException($"{output} was started with {(earlier.Length > 0 ? earlier : "default terms")}. Use the same terms to resume it, or choose another --out.");
        terms = terms with { Version = version };
        if (file.Again.Count > 0)
        {
            var all = pairs.Read().ToArray();
            var answers = new List<PairVerdict>();
            await JudgeInOrder(file.Again.Select(row => all[row]), ensemble, terms, judged => answers.AddRange(judged.Answers));
            file.Replace(file.Again.Select((row, i) => (row, all[row].First, all[row].Second, answers[i])), termsText);
            Count(answers);
        }

        using (var progress = new ProgressLine(surroundings))
        {
            await JudgeInOrder(pairs.Read().Skip(file.Earlier), ensemble, terms, judged =>
            {
                Write(file, judged);
                var done = file.Earlier + _written;
                progress.Say((double)done / count, () => $"{Figures.Count(done)} of {Figures.Count(count)} pairs judged.");
            });
        }

        return new(
            output, ensemble, version, count, file.Earlier - file.Again.Count,
            _answers[(int)Answer.Same], _answers[(int)Answer.Different], _answers[(int)Answer.Unsure], _problems,
            surroundings.Clock.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Judges pairs, several calls at a time, and passes on the answers in the order of the pairs.</summary>
    private Task JudgeInOrder(IEnumerable<(string First, string Second)> all, string ensemble, VerdictTerms terms, Action<Judged> passOn) =>
        CallsInOrder.Make(Parts(all), CallsAtOnce, part => Judge(part, ensemble, terms), passOn);

    private async Task<int> Version(string ensemble, int? stated, VerdictsFile file, string output)
    {
        if (file.Judge is var (name, version, _) && (name != ensemble || version != (stated ?? version)))
        {
            throw new BadInputException(
                $"{output} was started with {name}@{version}. Use --ensemble {name}@{version} to resume it, or choose another --out.");
        }

        if ((stated ?? file.Judge?.Version) is { } known)
            return known;
        var newest = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).GetNewest(token), surroundings.End);
        return newest?.Ensemble.Version ?? throw EnsembleLookup.Unknown(ensemble);
    }

    /// <summary>Splits the pairs into calls, limited by the number of pairs and the size of their files.</summary>
    private IEnumerable<List<(string First, string Second)>> Parts(IEnumerable<(string First, string Second)> all)
    {
        var part = new List<(string First, string Second)>();
        var images = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var pair in all)
        {
            var more = new[] { pair.First, pair.Second }.Distinct().Where(image => !images.Contains(image)).Sum(Length);
            if (part.Count > 0 && (part.Count == IVerdictGrain.MaximumPairs || bytes + more > IVerdictGrain.MaximumBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
                images.Clear();
                more = new[] { pair.First, pair.Second }.Distinct().Sum(Length);
            }

            part.Add(pair);
            images.Add(pair.First);
            images.Add(pair.Second);
            bytes += more;
        }

        if (part.Count > 0)
            yield return part;
    }

    private long Length(string image) => ImageReading.Length(pairs.PathOf(image));

    private async Task<Judged> Judge(List<(string First, string Second)> part, string ensemble, VerdictTerms terms)
    {
        var (read, unread) = await ImageReading.ReadAll(part.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct(), pairs.PathOf, ImageReading.ReadWithStrokes, surroundings.End);
        var places = read.Index().ToDictionary(image => image.Item.Image, image => image.Index, StringComparer.Ordinal);
        var problems = unread.ToDictionary(image => image.Image, image => image.Problem, StringComparer.Ordinal);
        var readable = part.Where(pair => places.ContainsKey(pair.First) && places.ContainsKey(pair.Second)).ToList();
        var verdicts = readable.Count == 0 ? [] : await calls.MakeLarge(
            (cluster, token) => cluster.Verdicts(ensemble).JudgeAll(
                [.. read.Select(image => image.File)], [.. readable.Select(pair => new PairOfImages(places[pair.First], places[pair.Second]))], terms, token),
            surroundings.End);
        var next = 0;
        return new(part, [.. part.Select(pair => (problems.GetValueOrDefault(pair.First) ?? problems.GetValueOrDefault(pair.Second)) is { } problem
            ? new PairVerdict(null, problem)
            : verdicts[next++])]);
    }

    private void Write(VerdictsFile file, Judged judged)
    {
        foreach (var ((first, second), answer) in judged.Pairs.Zip(judged.Answers))
            file.Write(first, second, answer, termsText);
        Count(judged.Answers);
        file.Flush();
        _written += judged.Pairs.Count;
    }

    private void Count(IEnumerable<PairVerdict> answers)
    {
        foreach (var answer in answers)
        {
            if (answer.Verdict is { } verdict)
                _answers[(int)verdict.Answer]++;
            else
                _problems++;
        }
    }

    private sealed record Judged(IReadOnlyList<(string First, string Second)> Pairs, IReadOnlyList<PairVerdict> Answers);
}

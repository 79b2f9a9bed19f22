using System.Globalization;
using Microsoft.Extensions.Primitives;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Page.NewSweeps;

/// <summary>A sweep as a form and its address state it: a text for each field. Empty fields are as if they were not there.</summary>
public sealed class SweepFields
{
    public const string Name = "name", Data = "data", Search = "search", Trials = "trials", Prune = "prune", Seeds = "seeds", Minutes = "minutes", Members = "members";

    /// <summary>Hyperparameters that most people try first.</summary>
    public static readonly IReadOnlyList<Hyperparameter> Usual =
        [.. new[] { "encoder", "loss", "margin", "batch-size", "balance", "learning-rate", "epochs", "embedding-size" }.Select(Hyperparameter.Named)];

    private static readonly string[] _settings = [Name, Data, Search, Trials, Prune, Seeds, Minutes, Members];

    /// <summary>Values of fields that nobody would state.</summary>
    private static readonly Dictionary<string, string> _usual = new() { [Search] = Words.Of(SearchKind.Grid), [Prune] = Words.Of(PruneKind.None) };

    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Hyperparameters that are not among the usual ones.</summary>
    public static IEnumerable<Hyperparameter> Others => Hyperparameter.All.Except(Usual);

    /// <param name="fields">The fields of a form or the query of an address.</param>
    /// <exception cref="BadInputException">There is no such field, or one is stated twice.</exception>
    public static SweepFields Of(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var read = new SweepFields();
        foreach (var (name, values) in fields)
        {
            if (!_settings.Contains(name) && Hyperparameter.Find(name) is null)
                throw new BadInputException($"There is no field '{PlainText.Of(name)}' in the form of a sweep.");
            if (values.Count > 1)
                throw new BadInputException($"'{name}' is stated more than once.");
            if (!string.IsNullOrWhiteSpace(values[0]))
                read._texts[name] = values[0]!.Trim();
        }

        return read;
    }

    /// <summary>The text of a field; empty if there is none.</summary>
    public string this[string name] => _texts.GetValueOrDefault(name, "");

    /// <summary>Fields with a text.</summary>
    public IEnumerable<(string Name, string Text)> All => _texts.Select(one => (one.Key, one.Value));

    /// <summary>The query of the form's address.</summary>
    public string Query => _texts.Count == 0 ? "" : $"?{string.Join('&', _texts.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"))}";

    /// <summary>The sweep.</summary>
    /// <param name="data">The data sets that the cluster knows.</param>
    /// <exception cref="BadInputException">A field cannot be read.</exception>
    public SweepRequest Request(IReadOnlyList<KnownDataSet> data)
    {
        var request = new SweepRequest
        {
            Space = new() { Dimensions = [.. from hyperparameter in Hyperparameter.All where this[hyperparameter.Name].Length > 0 select DimensionText.Read(hyperparameter, this[hyperparameter.Name])] },
            Data = Chosen(data)?.Source ?? DataSource.MnistMini,
            Search = this[Search].Length == 0 ? SearchKind.Grid : Words.Read<SearchKind>($"'{Search}'", this[Search]),
            Points = Whole(Trials),
            Prune = this[Prune].Length == 0 ? PruneKind.None : Words.Read<PruneKind>($"'{Prune}'", this[Prune]),
            Stop = new StopRule(After: Whole(Minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null),
            StartWhenPrepared = false,
        };
        if (this[Name].Length > 0)
            SweepId.Check($"'{Name}'", this[Name]);
        if (this[Seeds].Length > 0)
            request = request with { Seeds = DimensionText.List($"'{Seeds}'", this[Seeds], item => Whole(Seeds, item)) };
        if (Whole(Members) is { } members)
            request = request with { Members = members };
        BadInputException.ThrowUnless(request.Search is SearchKind.Grid || request.Points is not null, $"'{Trials}': state how many points the search may try.");
        BadInputException.ThrowUnless(request.Search is not SearchKind.Grid || request.Points is null, $"'{Trials}' applies to a search; a grid has one trial for each combination.");
        BadInputException.ThrowUnless(
            request.Search is SearchKind.Grid || request.Space.Dimensions.Any(dimension => dimension.Range is not null || dimension.Values.Length > 1),
            $"'{Search}': a search needs a hyperparameter with several values or a range, such as 0.5..5.");
        request.Check();
        return request;
    }

    /// <summary>The command that starts the same sweep.</summary>
    /// <param name="data">The data sets that the cluster knows.</param>
    public string Command(IReadOnlyList<KnownDataSet> data)
    {
        (string Option, string Text)[] options =
        [
            .. Chosen(data)?.Source is { } source && source != DataSource.MnistMini ? new[] { ("--data", source.Path ?? source.Name ?? "FOLDER") } : [],
            .. Chosen(data)?.Source is { SplitBy: not SplitBy.Image and var split } ? new[] { ("--split-by", Words.Of(split)) } : [],
            .. from hyperparameter in Hyperparameter.All where this[hyperparameter.Name].Length > 0 select (HyperparameterOptions.Of(hyperparameter), this[hyperparameter.Name]),
            .. new[] { Search, Trials, Prune, Seeds, Members, Name }.Where(name => this[name].Length > 0 && this[name] != _usual.GetValueOrDefault(name)).Select(name => ($"--{name}", this[name])),
            .. this[Minutes].Length > 0 ? new[] { ("--for", $"{this[Minutes]}m") } : [],
        ];
        return string.Join(' ', options.Select(option => $"{option.Option} {ShellWord.Of(option.Text)}").Prepend("client sweep"));
    }

    private KnownDataSet? Chosen(IReadOnlyList<KnownDataSet> data) => this[Data].Length == 0
        ? null
        : data.FirstOrDefault(one => one.Fingerprint == this[Data] && one.Source is not null)
            ?? throw new BadInputException($"'{Data}': the cluster has no data set '{PlainText.Of(this[Data])}' that it can read; choose another one.");

    private int? Whole(string name) => this[name].Length == 0 ? null : Whole(name, this[name]);

    private static int Whole(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a whole number.");
}

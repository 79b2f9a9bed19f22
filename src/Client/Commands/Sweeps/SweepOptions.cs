using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>The options of `sweep`. All are read as text and split here; see <see cref="CommaList"/>.</summary>
internal sealed class SweepOptions
{
    private readonly (Hyperparameter Hyperparameter, Option<string?> Option)[] _space =
        [.. Hyperparameter.All.Select(h => (h, new Option<string?>(OptionNames.Of(h)) { Description = KnownNames.Describe(h), HelpName = h.Name is "from" ? "ENSEMBLE|TRIAL" : "LIST" }))];

    private readonly Option<string?> _file = Single("--space", "FILE", "JSON file with the search space; options on the command line take precedence.");
    private readonly Option<string?> _search = Single("--search", "grid|random|sobol|tpe", "Try every combination (grid), or draw points from lists and ranges (0.5..5, log:1e-4..1e-2); tpe draws where earlier points did well.");
    private readonly Option<string?> _trials = Single("--trials", "N", "Number of points to draw; each is trained on every shard with every seed.");
    private readonly Option<string?> _seed = Single("--seed", "S", "Seed for drawing points. [default: 1]");
    private readonly Option<string?> _seeds = Single("--seeds", "LIST", "Seeds to train every point with, such as 1,2,3.");
    private readonly Option<string?> _repeat = Single("--repeat", "N", "Train every point N times, with the seeds 1 to N, and rank points by their mean.");
    private readonly Option<string?> _prune = Single("--prune", "none|asha|median", "Pause trials that fall behind, and resume those that turn out to be among the best.");
    private readonly StopOptions _stop = new();
    private readonly Option<string?> _shards = Single("--shards", "N", "Split the training images into N shards; every point is trained on each.");
    private readonly Option<string?> _preset = Single("--preset", "article|bromley|chopra|hadsell|hoffer|koch|glyphs|faces|signatures|photos", "Use the settings of the article or of a paper, or settings for a kind of image; other options override them.");
    private readonly Option<string?> _name = Single("--name", "ID", "Id of the sweep and name of its ensemble. [default: an invented id]");
    private readonly Option<string?> _slots = Single("--slots", "N", "Maximum number of trials to run at once.");
    private readonly Option<string?> _retries = Single("--retries", "N", "Number of times to retry a failed trial, from its last checkpoint. [default: 2]");
    private readonly Option<string?> _members = Single("--members", "N", $"Maximum number of members in the ensemble. [default: {SweepRequest.DefaultMembers}]");
    private readonly Option<bool> _detach = new("--detach") { Description = "Return once the sweep is under way; follow it with `watch`." };
    private readonly Option<bool> _yes = new("--yes") { Description = $"Do not ask for confirmation of more than {SweepOrder.UnaskedTrials} trials." };

    public void AddTo(Command command)
    {
        Option[] all = [.. _space.Select(dimension => dimension.Option), _file, _search, _trials, _seed, _seeds, _repeat, _shards, _prune, .. _stop.All, _preset, _name, _slots, _retries, _members, _detach, _yes];
        foreach (var option in all)
            command.Add(option);
    }

    public int? Slots(ParseResult line) => line.GetValue(_slots) is { } slots ? Numbers.Whole(_slots.Name, slots, least: 1) : null;

    /// <param name="data">The images, as read by <see cref="DataOptions"/>.</param>
    /// <exception cref="BadInputException">An option's value is invalid or out of range.</exception>
    public SweepOrder Read(ParseResult line, DataSource data)
    {
        var preset = line.GetValue(_preset) is { } name ? Preset.Named(Word.Read<PresetName>(_preset.Name, name)) : null;
        var stated = line.GetValue(_file) is { } file ? SpaceFile.Read(file).With(ReadSpace(line)) : ReadSpace(line);
        var (detach, yes) = (line.GetValue(_detach), line.GetValue(_yes));
        var search = line.GetValue(_search) is { } word ? Word.Read<SearchKind>(_search.Name, word) : SearchKind.Grid;
        if (search is not SearchKind.Grid && stated.Dimensions.All(dimension => dimension is { Range: null, Values.Length: 1 }))
            preset ??= Preset.OfSearch();
        var request = new SweepRequest { Space = preset?.Space.With(stated) ?? stated, Data = data };
        request = request with
        {
            Shards = Whole(line, _shards) ?? request.Shards,
            Seeds = ReadSeeds(line),
            Slots = Slots(line),
            Search = search,
            Points = Whole(line, _trials),
            SearchSeed = line.GetValue(_seed) is { } seed ? Numbers.Whole(_seed.Name, seed, least: 0) : request.SearchSeed,
            Prune = line.GetValue(_prune) is { } prune ? Word.Read<PruneKind>(_prune.Name, prune) : request.Prune,
            Stop = _stop.Read(line),
            Retries = Whole(line, _retries) ?? request.Retries,
            Members = Whole(line, _members) ?? request.Members,
        };
        OptionNames.Check(request.Check);
        var trials = SweepOrder.CountTrials(request);
        var id = line.GetValue(_name) is { } own ? SweepId.Check(_name.Name, own) : SweepId.Invent();
        var order = new SweepOrder(id, request, trials, detach, yes, preset?.Remarks ?? []);
        return order with { Request = request with { StartWhenPrepared = !order.MustAsk } };
    }

    private SearchSpace ReadSpace(ParseResult line) => new()
    {
        Dimensions =
        [
            .. from dimension in _space
               let text = line.GetValue(dimension.Option)
               where text is not null
               select CommaList.Dimension(dimension.Hyperparameter, text),
        ],
    };

    private ImmutableArray<int> ReadSeeds(ParseResult line)
    {
        int? repeat = line.GetValue(_repeat) is { } times ? Numbers.Whole(_repeat.Name, times, SweepLimits.Allow, SweepLimits.Range) : null;
        if (line.GetValue(_seeds) is not { } seeds)
            return [.. Enumerable.Range(1, repeat ?? 1)];
        return repeat is null
            ? CommaList.WholeNumbers(_seeds.Name, seeds)
            : throw new BadInputException($"{_repeat.Name} trains with the seeds 1 to {repeat}, but {_seeds.Name} lists others; leave one of them out.");
    }

    private static int? Whole(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? Numbers.Whole(option.Name, text) : null;

    private static Option<string?> Single(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}

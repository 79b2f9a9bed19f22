using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>The options of `sweep`. All are read as text and split here, see <see cref="CommaList"/>.</summary>
internal sealed class SweepOptions
{
    private readonly Option<string?> _margins = List("--margins", "1,2,5", "Margins of the loss, in units of the distance.");
    private readonly Option<string?> _losses = List("--losses", "contrastive,triplet", "Losses.");
    private readonly Option<string?> _batchSizes = List("--batch-sizes", "64,120", "Images in a batch, or pairs with --pairing listed.");
    private readonly Option<string?> _balances = List("--balances", "0.3,0.5", "Share (listed) or weight (batch) of different pairs, 0 to 1.");
    private readonly Option<string?> _learningRates = List("--learning-rates", "1e-3,2e-3", "Adam's learning rate.");
    private readonly Option<string?> _embeddingSizes = List("--embedding-sizes", "16,32", "Widths of the embedding.");
    private readonly Option<string?> _encoders = List("--encoders", "conv,article", "Encoders.");
    private readonly Option<string?> _distances = List("--distances", "euclidean,cosine", "Distances: euclidean, squared-euclidean, manhattan, cosine.");
    private readonly Option<string?> _pairing = List("--pairing", "batch,listed", "Pairs from whole batches, or from a list drawn once.");
    private readonly Option<string?> _seeds = List("--seeds", "1,2,3", "Seeds that every point is trained with.");
    private readonly Option<string?> _epochs = Single("--epochs", "N", "Epochs of every trial.");
    private readonly Option<string?> _pairs = Single("--pairs", "N", "Length of the list with --pairing listed.");
    private readonly Option<string?> _shards = Single("--shards", "N", "Cuts the training images into N shards; every point is trained on each.");
    private readonly Option<string?> _schedule = Single("--schedule", "cosine|constant", "How the learning rate goes down.");
    private readonly Option<string?> _augment = Single("--augment", "on|off", "Shift, rotate, scale and shear training images at random.");
    private readonly Option<string?> _preset = Single("--preset", "article", "The article's own settings, imbalance and all; other options override it.");
    private readonly Option<string?> _name = Single("--name", "ID", "The sweep's id, and its ensemble's name; invented where none is stated.");
    private readonly Option<string?> _slots = Single("--slots", "N", "At most so many trials at a time.");
    private readonly Option<string?> _retries = Single("--retries", "N", "A trial that fails is tried again so many times, from its last checkpoint (2).");
    private readonly Option<bool> _detach = new("--detach") { Description = "Return once the sweep is under way; `watch` shows it." };
    private readonly Option<bool> _yes = new("--yes") { Description = $"Do not ask before more than {SweepOrder.UnaskedTrials} trials." };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _margins, _losses, _batchSizes, _balances, _learningRates, _embeddingSizes, _encoders, _distances, _pairing,
            _seeds, _epochs, _pairs, _shards, _schedule, _augment, _preset, _name, _slots, _retries, _detach, _yes,
        ];
        foreach (var option in all)
            command.Add(option);
    }

    public int? Slots(ParseResult line) => Count(line, _slots);

    /// <param name="data">Which images, as <see cref="DataOptions"/> read it.</param>
    /// <exception cref="BadInputException">An option's value is not of its kind or out of its range.</exception>
    public SweepOrder Read(ParseResult line, DataSource data)
    {
        var preset = line.GetValue(_preset) is { } name ? Preset.Named(Word.Read<PresetName>(_preset.Name, name)) : null;
        var stated = ReadSpace(line);
        var (detach, yes) = (line.GetValue(_detach), line.GetValue(_yes));
        var request = new SweepRequest
        {
            Space = preset?.With(stated) ?? stated,
            Data = data,
            Shards = Count(line, _shards) ?? 1,
            Seeds = line.GetValue(_seeds) is { } seeds ? CommaList.WholeNumbers(_seeds.Name, seeds, n => n >= 0, "0 or above") : [1],
            Slots = Slots(line),
            Retries = line.GetValue(_retries) is { } retries ? CommaList.WholeNumber(_retries.Name, retries, n => n >= 0, "0 or above") : 2,
        };
        var trials = SweepOrder.CountTrials(request);
        var id = line.GetValue(_name) is { } own ? SweepName.Check(_name.Name, own) : SweepName.Invent();
        var order = new SweepOrder(id, request, trials, detach, yes, preset?.Remarks ?? []);
        return order with { Request = request with { StartWhenPrepared = !order.MustAsk } };
    }

    private SearchSpace ReadSpace(ParseResult line) => new()
    {
        Encoders = Many(line, _encoders, text => CommaList.Names(_encoders.Name, text)),
        EmbeddingSizes = Many(line, _embeddingSizes, text => CommaList.WholeNumbers(_embeddingSizes.Name, text, n => n >= 1, "1 or above")),
        Distances = Many(line, _distances, text => CommaList.Names(_distances.Name, text)),
        Losses = Many(line, _losses, text => CommaList.Names(_losses.Name, text)),
        Margins = Many(line, _margins, text => CommaList.Numbers(_margins.Name, text, m => m > 0, "above 0")),
        Pairings = Many(line, _pairing, text => CommaList.Words<Pairing>(_pairing.Name, text)),
        BatchSizes = Many(line, _batchSizes, text => CommaList.WholeNumbers(_batchSizes.Name, text, n => n >= 2, "2 or above")),
        Balances = Many(line, _balances, text => CommaList.Numbers(_balances.Name, text, b => b is >= 0 and <= 1, "between 0 and 1")),
        LearningRates = Many(line, _learningRates, text => CommaList.Numbers(_learningRates.Name, text, r => r > 0, "above 0")),
        Epochs = Count(line, _epochs),
        Pairs = Count(line, _pairs),
        Schedule = line.GetValue(_schedule) is { } schedule ? Word.Read<LearningRateSchedule>(_schedule.Name, schedule) : null,
        Augment = line.GetValue(_augment) is { } augment ? Word.Read<Switch>(_augment.Name, augment) == Switch.On : null,
    };

    private static ImmutableArray<T> Many<T>(ParseResult line, Option<string?> option, Func<string, ImmutableArray<T>> read) =>
        line.GetValue(option) is { } text ? read(text) : [];

    private static int? Count(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? CommaList.WholeNumber(option.Name, text, n => n >= 1, "1 or above") : null;

    private static Option<string?> List(string name, string example, string description) =>
        new(name) { Description = $"{description} A list, as {example}.", HelpName = "LIST" };

    private static Option<string?> Single(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}

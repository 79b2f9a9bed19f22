using System.Text.RegularExpressions;
using Siamese.Client.Commands.Sweeps;
using Siamese.Client.Tests.Documentation;
using Siamese.Client.Words;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.Commands.Sweeps;

public sealed class SweepOrderTests
{
    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        var request = await Submit(
            "--margins 1,2.5 --losses contrastive,triplet --batch-sizes 64,128 --balances 0,1 --learning-rates 1e-3 "
            + "--embedding-sizes 16 --encoders conv --distances cosine --pairing listed,batch --seeds 0,7 --epochs 3 --pairs 500 "
            + "--shards 2 --schedule constant --augment off --slots 3 --split-by class --data / --label-means different --yes");

        var expected = SearchSpace.Of(
            ("encoder", ["conv"]), ("embedding-size", [16]), ("loss", ["contrastive", "triplet"]), ("distance", ["cosine"]),
            ("pairing", ["listed", "batch"]), ("margin", [1, 2.5]), ("pairs", [500]), ("batch-size", [64, 128]), ("balance", [0, 1]),
            ("learning-rate", [1e-3]), ("schedule", ["constant"]), ("epochs", [3]), ("augment", ["off"]));
        AssertSame(expected, request.Space);
        Assert.Equal<int>([0, 7], request.Seeds);
        Assert.Equal((2, 3), (request.Shards, request.Slots));
        Assert.Equal(new DataSource { Path = "/", SplitBy = SplitBy.Class, LabelMeans = Relation.Different }, request.Data);
        Assert.True(request.StartWhenPrepared);
    }

    [Fact]
    public async Task Unstated_options_are_left_to_the_silo()
    {
        var request = await Submit("");

        Assert.Empty(request.Space.Dimensions);
        Assert.Equal<int>([1], request.Seeds);
        Assert.Equal(DataSource.MnistMini, request.Data);
    }

    [Fact]
    public async Task The_options_of_a_search_reach_the_request()
    {
        var request = await Submit("--search tpe --trials 20 --seed 7 --margins 0.5..5 --prune asha --until-eer 0.01 --for 1.5h --repeat 3");

        Assert.Equal((SearchKind.Tpe, 20, 7, PruneKind.Asha), (request.Search, request.Points, request.SearchSeed, request.Prune));
        Assert.Equal(new StopRule(0.01, TimeSpan.FromMinutes(90)), request.Stop);
        Assert.Equal<int>([1, 2, 3], request.Seeds);
    }

    [Fact]
    public async Task A_search_without_a_stated_space_searches_the_default_space()
    {
        var space = (await Submit("--search tpe --trials 20 --epochs 5")).Space;

        Assert.Equal<HyperparameterValue>([5], space.ValuesOf("epochs"));
        Assert.Contains("nt-xent", space.ValuesOf("loss").Select(value => value.Word));
        Assert.NotNull(space.Find("learning-rate")!.Range);
        Assert.Equal(2, (await Submit("--search tpe --trials 20 --epochs 5 --margins 1..2")).Space.Dimensions.Length);
    }

    [Fact]
    public async Task A_path_is_made_absolute() =>
        Assert.Equal(Path.GetFullPath("."), (await Submit("--data .")).Data.Path);

    [Fact]
    public async Task The_article_preset_has_the_articles_settings()
    {
        var space = (await Submit("--preset article")).Space;

        AssertSame(
            SearchSpace.Of(
                ("encoder", ["article"]), ("embedding-size", [2]), ("distance", ["euclidean"]), ("loss", ["contrastive"]), ("margin", [2]),
                ("pairing", ["listed"]), ("batch-size", [64]), ("balance", [0.9]), ("learning-rate", [5e-4]), ("epochs", [20]),
                ("pairs", [8000]), ("schedule", ["constant"]), ("augment", ["off"])),
            space);
    }

    public static TheoryData<string, string> Presets
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (Match row in Regex.Matches(Page.Named("docs/training.md").Text, @"^\| `(?<name>\w+)` \| [^|]+ \| `(?<options>--[^`]+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture))
                rows.Add(row.Groups["name"].Value, row.Groups["options"].Value);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Presets))]
    public async Task Presets_for_kinds_of_images_set_what_the_documentation_says_and_print_it(string name, string options)
    {
        AssertSame((await Submit(options)).Space, (await Submit($"--preset {name}")).Space);

        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        await client.Run("sweep", "--preset", name);
        Assert.Contains($"Preset {name}: {options}.", string.Join(' ', client.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stated_options_override_the_preset()
    {
        var space = (await Submit("--preset article --epochs 1 --margins 1,2 --augment on")).Space;

        Assert.Equal<HyperparameterValue>([1], space.ValuesOf("epochs"));
        Assert.Equal<HyperparameterValue>(["on"], space.ValuesOf("augment"));
        Assert.Equal<HyperparameterValue>([1, 2], space.ValuesOf("margin"));
        Assert.Equal<HyperparameterValue>(["article"], space.ValuesOf("encoder"));
    }

    [Fact]
    public async Task The_output_says_which_settings_of_the_preset_are_not_in_the_article_and_mentions_the_imbalance()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        await client.Run("sweep", "--preset", "article");

        Assert.Contains("Not in the article, our choice: margin 2, Adam", client.Out, StringComparison.Ordinal);
        Assert.Contains("nine in ten random pairs of ten classes are different", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_the_product_of_all_lists_shards_and_seeds()
    {
        var request = new SweepRequest { Space = SearchSpace.Of(("margin", [1, 2, 5]), ("loss", ["contrastive", "triplet"])), Shards = 2, Seeds = [1, 2, 3, 4] };

        Assert.Equal(48, SweepOrder.CountTrials(request));
    }

    [Fact]
    public async Task Every_hyperparameter_has_an_option()
    {
        foreach (var hyperparameter in Hyperparameter.All)
        {
            var range = hyperparameter.Range;
            HyperparameterValue value = range.IsWord ? hyperparameter.Name == BackboneName.Hyperparameter ? BackboneName.None : range.Words.IsEmpty ? "name" : range.Words[^1] : Math.Min(range.Low + 9, range.High);
            var space = (await Submit($"{OptionNames.Of(hyperparameter)} {value}")).Space;
            AssertSame(SearchSpace.Of((hyperparameter.Name, [value])), space);
        }
    }

    private static void AssertSame(SearchSpace expected, SearchSpace actual) =>
        Assert.Equal(Sorted(expected), Sorted(actual));

    private static IEnumerable<string> Sorted(SearchSpace space) =>
        space.Dimensions.Select(dimension => $"{dimension.Hyperparameter}: {string.Join(", ", dimension.Values)}").Order();

    private static async Task<SweepRequest> Submit(string options)
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        Assert.Equal(0, await client.Run(["sweep", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        return client.Sweep.Submitted!;
    }
}

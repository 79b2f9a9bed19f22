using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.CommandLine;

public sealed class BadCommandLineTests
{
    [Theory]
    [InlineData("", "Name a command: sweep, status, watch, open, trials, importance, plot, report, cancel, finish, retry, extend, ensembles, verdict, evaluate, worst, feedback, recalibrate, enroll, identify, enrolled, forget, embed, export, import, sample, remove, keys; `client --help` explains them.")]
    [InlineData("train", "Unexpected argument 'train'; see `client --help`.")]
    [InlineData("sweep --margin 1", "Unknown option '--margin'; see `client sweep --help`.")]
    [InlineData("sweep --margins", "Required argument missing for option: '--margins'; see `client sweep --help`.")]
    [InlineData("sweep --margins 1 --margins 2", "Option '--margins' expects a single argument but 2 were provided; see `client sweep --help`.")]
    [InlineData("sweep --margins ''", "--margins: the list is empty.")]
    [InlineData("sweep --margins -1", "--margins: -1 is not above 0.")]
    [InlineData("sweep --balances 0.5,1.1", "--balances: 1.1 is not from 0 to 1.")]
    [InlineData("sweep --balances -0.1", "--balances: -0.1 is not from 0 to 1.")]
    [InlineData("sweep --batch-sizes 1", "--batch-sizes: 1 is not 2 or above.")]
    [InlineData("sweep --embedding-sizes 0", "--embedding-sizes: 0 is not from 1 to 4096.")]
    [InlineData("sweep --learning-rates 0", "--learning-rates: 0 is not above 0.")]
    [InlineData("sweep --seeds -1", "--seeds: -1 is not 0 or above.")]
    [InlineData("sweep --seeds 1,1", "--seeds: 1 is listed twice.")]
    [InlineData("sweep --losses contrastive,", "--losses: 'contrastive,' contains an empty item.")]
    [InlineData("sweep --pairing all", "--pairing: 'all' is not one of batch, listed, neighbours.")]
    [InlineData("sweep --from digits --freeze -1", "--freeze: -1 is not 0 or above.")]
    [InlineData("sweep --from digits --freeze 1.5", "--freeze: '1.5' is not a whole number.")]
    [InlineData("sweep --from ''", "--from: the list is empty.")]
    [InlineData("sweep --epochs 0", "--epochs: 0 is not 1 or above.")]
    [InlineData("sweep --pairs 1.5", "--pairs: '1.5' is not a whole number.")]
    [InlineData("sweep --shards 0", "--shards: 0 is not 1 or above.")]
    [InlineData("sweep --slots 0", "--slots: 0 is not 1 or above.")]
    [InlineData("sweep --schedule step", "--schedule: 'step' is not one of cosine, constant, one-cycle.")]
    [InlineData("sweep --augment yes", "--augment: 'yes' is not one of off, on, gentle.")]
    [InlineData("sweep --preset paper", "--preset: 'paper' is not one of article, bromley, chopra, hadsell, hoffer, koch, glyphs, faces, signatures, photos.")]
    [InlineData("sweep --split-by writer", "--split-by: 'writer' is not one of image, class, group.")]
    [InlineData("sweep --label-means same", "--label-means: only valid with --data and a list of pairs.")]
    [InlineData("sweep --data /no/such/folder", "--data: there is no file or folder '/no/such/folder'.")]
    [InlineData("sweep --name a/b", "--name: 'a/b' is not a name; use 1 to 64 letters, digits, '-', '_' or '.'.")]
    [InlineData("sweep --margins 1,2,3 --seeds 1,2,3,4,5,6,7,8,9,10 --shards 7", "The sweep has 210 trials, more than 200; pass --yes to train them all.")]
    [InlineData("sweep --search tpee --trials 3", "--search: 'tpee' is not one of grid, random, sobol, tpe.")]
    [InlineData("sweep --prune half", "--prune: 'half' is not one of none, asha, median.")]
    [InlineData("sweep --until-eer 1.5", "--until-eer: 1.5 is not between 0 and 1; 1.5 % is 0.015.")]
    [InlineData("sweep --for 30", "--for: '30' is not a duration; write 90s, 30m or 2h.")]
    [InlineData("sweep --for -1m", "--for: '-1m' is not a duration; write 90s, 30m or 2h.")]
    [InlineData("sweep --for ''", "--for: '' is not a duration; write 90s, 30m or 2h.")]
    [InlineData("sweep --repeat 0", "--repeat: 0 is not from 1 to 200000.")]
    [InlineData("sweep --repeat 3 --seeds 1,2", "--repeat trains with the seeds 1 to 3, but --seeds lists others; leave one of them out.")]
    [InlineData("extend", "Required argument 'SWEEP' missing for command: 'extend'; see `client extend --help`.")]
    [InlineData("extend mine", "--trials: say how many points to add, such as --trials 20.")]
    [InlineData("extend mine --trials 0", "--trials: 0 is not from 1 to 200000.")]
    [InlineData("status --format xml", "--format: 'xml' is not one of text, json.")]
    [InlineData("status --silo here", "--silo: 'here' is not HOST:PORT, such as 10.0.0.7:30000.")]
    [InlineData("status --silo here:0", "--silo: 'here:0' is not HOST:PORT, such as 10.0.0.7:30000.")]
    [InlineData("status --cluster-id other", "--cluster-id: only valid with --silo; the local silo has its own id.")]
    [InlineData("watch", "Required argument 'SWEEP' missing for command: 'watch'; see `client watch --help`.")]
    [InlineData("trials ../x", "SWEEP: '../x' is not a name; use 1 to 64 letters, digits, '-', '_' or '.'.")]
    [InlineData("verdict a.png --ensembel x", "Unknown option '--ensembel'; see `client verdict --help`.")]
    [InlineData("verdict a.png /no/such.png", "There is no image file 'a.png'.")]
    [InlineData("verdict / /", "'/' is a folder, not an image file.")]
    [InlineData("verdict a b --ensemble digits@0", "--ensemble: 0 is not a version; versions start at 1.")]
    [InlineData("verdict a b --ensemble digits@x", "--ensemble: 'x' is not a whole number.")]
    [InlineData("verdict a b --ensemble a@1@2", "--ensemble: 'a@1@2' is not an ensemble; write digits, or digits@3 for version 3.")]
    [InlineData("feedback", "Give a verdict's id and what the pair is, such as `client feedback digits@3.7hq2mzk4vd3a9xw8e5rt0bcn same`, or a CSV with --from.")]
    [InlineData("feedback x same", "'x' is not a verdict's id. `client verdict` prints the id in its last line, for example digits@3.7hq2mzk4vd3a9xw8e5rt0bcn.")]
    [InlineData("feedback x alike", "same|different: 'alike' is not one of same, different.")]
    [InlineData("feedback x same --from y", "Give a verdict's id or --from, not both.")]
    [InlineData("feedback --from /no/such.csv", "There is no CSV of feedback '/no/such.csv'.")]
    [InlineData("verdict a b --max-far 0", "--max-far: 0 is not between 0 and 1; 0.1 % is 0.001.")]
    [InlineData("verdict a b --max-far 0.1 --max-frr 0.1", "--max-far and --max-frr: a threshold can satisfy only one of them; leave one out.")]
    [InlineData("verdict a b --prior 1", "--prior: 1 is not above 0 and below 1.")]
    [InlineData("verdict a b --unsure 0.5", "--unsure: '0.5' is not two probabilities, such as 0.2..0.8.")]
    [InlineData("verdict a b --unsure 0.8..0.2", "--unsure: 0.8..0.2 is not two probabilities, such as 0.2..0.8, the smaller first.")]
    [InlineData("verdict a b --unsure 0.8..2", "--unsure: 0.8..2 is not two probabilities, such as 0.2..0.8, the smaller first.")]
    [InlineData("verdict a b --novelty 1", "--novelty: 1 is not above 0 and below 1.")]
    [InlineData("verdict a b --disagreement 0.6", "--disagreement: 0.6 is not above 0 and up to 0.5.")]
    [InlineData("extend mine --trials 2147483647", "--trials: 2147483647 is not from 1 to 200000.")]
    [InlineData("sweep --margins 1 --repeat 2000000000", "--repeat: 2000000000 is not from 1 to 200000.")]
    [InlineData("sweep --margins 1 --search random --trials 2000000000", "The sweep would have 2,000,000,000 trials (points × shards × seeds), more than the maximum of 200,000; use fewer of one of them.")]
    [InlineData("sweep --margins 1 --search random --trials 120000 --repeat 2", "The sweep would have 240,000 trials (points × shards × seeds), more than the maximum of 200,000; use fewer of one of them.")]
    [InlineData("enroll", "Give a name and at least one image, or --from with a folder or a list; see `client enroll --help`.")]
    [InlineData("enroll anna", "Give a name and at least one image, or --from with a folder or a list; see `client enroll --help`.")]
    [InlineData("enroll '' a.png", "A name to enroll is blank; give the images one.")]
    [InlineData("enroll anna a.png --ensemble digits@2", "--ensemble: 'digits@2' is not a name; use 1 to 64 letters, digits, '-', '_' or '.'.")]
    [InlineData("enroll anna a.png", "There is no image file 'a.png'.")]
    [InlineData("enroll --from /no/such", "There is no folder or list '/no/such' to enroll from.")]
    [InlineData("enroll anna --from /", "Give a name and its images or --from, not both.")]
    [InlineData("identify a.png --top 0", "--top: 0 is not from 1 to 1000.")]
    [InlineData("identify a.png --ensemble digits@0", "--ensemble: 0 is not a version; versions start at 1.")]
    [InlineData("identify a.png", "There is no image file 'a.png'.")]
    [InlineData("forget", "Required argument 'NAME' missing for command: 'forget'; see `client forget --help`.")]
    [InlineData("sample", "--out: name the folder to write to.")]
    [InlineData("sample --out x --count 0", "--count: 0 is not 1 or above.")]
    [InlineData("keys", "Name a command: add, list, revoke; `client keys --help` explains them.")]
    [InlineData("keys drop", "Unexpected argument 'drop'; see `client keys --help`.")]
    [InlineData("keys add", "Required argument 'NAME' missing for command: 'add'; see `client keys add --help`.")]
    [InlineData("keys add lab", "--may: say what may be done with the key, one of read, ask, teach, train, administer.")]
    [InlineData("keys add lab --may see", "--may: 'see' is not one of read, ask, teach, train, administer.")]
    [InlineData("keys add lab --may ask --until tomorrow", "--until: 'tomorrow' is not a date; write 2030-01-31 or 2030-01-31T18:00Z.")]
    [InlineData("keys add lab --may ask --per-minute 0", "--per-minute: 0 is not from 1 to 1000000.")]
    [InlineData("keys add lab --may ask --per-minute many", "--per-minute: 'many' is not a whole number.")]
    [InlineData("keys add '' --may ask", "The name of a key has 0 characters; use 1 to 60.")]
    public async Task Bad_input_prints_one_sentence_exits_with_2_and_reaches_no_cluster(string line, string sentence)
    {
        using var client = new ClientRun();
        var args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "''" ? "" : word).ToArray();

        Assert.Equal(2, await client.Run(args));
        Assert.Equal(sentence + "\n", client.Error);
        Assert.Empty(client.Out);
        Assert.Empty(client.Cluster.Connections);
    }

    [Theory]
    [InlineData("--margins", "sweep", "--margins", "")]
    [InlineData("'x' is not a number", "sweep", "--margins", "1,x")]
    [InlineData("'1;2' is not a number", "sweep", "--margins", "1;2")]
    [InlineData("not above 0", "sweep", "--margins", "-1")]
    [InlineData("not above 0", "sweep", "--margins", "0")]
    [InlineData("'NaN' is not a number", "sweep", "--margins", "NaN")]
    [InlineData("not from 0 to 1", "sweep", "--balances", "2")]
    [InlineData("twice", "sweep", "--margins", "1,2,1.0")]
    [InlineData("twice", "sweep", "--seeds", "3,3")]
    [InlineData("Unknown option '--margin'", "sweep", "--margin", "1")]
    [InlineData("--epochs", "sweep", "--epochs", "0")]
    [InlineData("--epochs", "sweep", "--epochs", "99999999999")]
    [InlineData("--slots", "sweep", "--slots", "none")]
    [InlineData("--name", "sweep", "--name", "../up")]
    [InlineData("--preset", "sweep", "--preset", "paper")]
    [InlineData("--label-means", "sweep", "--label-means", "same")]
    public async Task An_invalid_option_is_refused_in_one_sentence_and_reaches_no_cluster(string message, params string[] args)
    {
        using var client = new ClientRun();

        Assert.Equal(2, await client.Run(args));
        Assert.Contains(message, Assert.Single(client.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(client.Out);
        Assert.Empty(client.Cluster.Connections);
    }

    [Fact]
    public async Task An_image_above_20_MB_is_refused_before_anything_starts()
    {
        using var client = new ClientRun();
        Directory.CreateDirectory(client.Home);
        var path = Path.Combine(client.Home, "big.png");
        await using (var file = File.Create(path))
            file.SetLength(21 * 1024 * 1024);

        Assert.Equal(2, await client.Run("verdict", path, path));
        Assert.Contains("21.0 MB; the maximum for an image file is 20 MB", client.Error, StringComparison.Ordinal);
        Assert.Empty(client.Cluster.Connections);
    }

    [Fact]
    public async Task Help_is_not_an_error()
    {
        using var client = new ClientRun();

        Assert.Equal(0, await client.Run("sweep", "--help"));
        Assert.Contains("--margins <LIST>", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_name_is_a_valid_name()
    {
        var name = SweepId.Invent();
        Assert.Equal(name, SweepId.Check("--name", name));
        Assert.Matches("^[a-z]{6}-[0-9]{2}$", name);
    }
}

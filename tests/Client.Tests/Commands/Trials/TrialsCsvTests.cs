using System.Globalization;
using CsvHelper;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Trials;

public sealed class TrialsCsvTests
{
    [Fact]
    public async Task A_trial_is_a_row_with_its_hyperparameters_and_figures()
    {
        var row = Assert.Single(await Rows(Some.Trial()));

        Assert.Equal(
            ("3fa94c2155667788", "completed", "false", "0", "1", "2", "2", "41.3", "4000", "6000", "0.25", "0.0231", "0.998", "0.977"),
            (row["trial"], row["status"], row["reused"], row["shard"], row["seed"], row["margin"], row["finishedEpochs"], row["seconds"], row["positives"], row["negatives"], row["trainingLoss"], row["validationEer"], row["validationAuc"], row["validationAccuracy"]));
    }

    [Fact]
    public async Task A_trial_without_a_result_has_empty_figures()
    {
        var row = Assert.Single(await Rows(Some.Trial(status: TrialStatus.Waiting) with { Result = null, Why = "waiting for a free slot" }));

        Assert.Equal(("waiting", "", "", "", "waiting for a free slot"), (row["status"], row["trainingLoss"], row["positives"], row["validationEer"], row["reason"]));
    }

    [Fact]
    public async Task A_reason_with_commas_quotes_and_line_breaks_stays_one_cell()
    {
        const string Reason = "the file \"a,b\" cannot be read\nat all";

        Assert.Equal(Reason, Assert.Single(await Rows(Some.Trial(status: TrialStatus.Failed, reason: Reason)))["reason"]);
    }

    [Fact]
    public async Task Numbers_do_not_follow_the_language_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("0.0231", Assert.Single(await Rows(Some.Trial()))["validationEer"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_file_gets_what_standard_output_would()
    {
        using var client = With(Some.Trial());
        var file = client.Write("trials.csv", "an earlier one");

        Assert.Equal(0, await client.Run("trials", "zolaki-47", "--csv"));
        var printed = client.Out;
        Assert.Equal(0, await client.Run("trials", "zolaki-47", "--csv", "--out", file));
        Assert.Equal(printed, await File.ReadAllTextAsync(file));
        Assert.Equal(printed, client.Out);
    }

    [Theory]
    [InlineData("--out trials.csv", "--out is for a CSV; add --csv.\n")]
    [InlineData("--csv --out .", "--out: . is a folder; name a file.\n")]
    [InlineData("--csv --format json", "--csv is another format than json; leave one of them out.\n")]
    public async Task Options_that_do_not_go_together_are_refused(string options, string message)
    {
        using var client = With(Some.Trial());

        Assert.Equal(2, await client.Run(["trials", "zolaki-47", .. options.Split(' ')]));
        Assert.Equal(message, client.Error);
    }

    private static ClientRun With(params TrialReport[] trials)
    {
        var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(trials));
        client.Sweep.Trials.Clear();
        client.Sweep.Trials.AddRange(trials);
        return client;
    }

    private static async Task<List<Dictionary<string, string>>> Rows(params TrialReport[] trials)
    {
        using var client = With(trials);
        Assert.Equal(0, await client.Run("trials", "zolaki-47", "--csv"));
        using var reader = CsvReader.FromText(client.Out, new CsvReaderOptions { HasHeader = false });
        Assert.True(reader.Read());
        var names = reader.Current.ToArray();
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(names.Zip(reader.Current.ToArray()).ToDictionary(cell => cell.First, cell => cell.Second));
        return rows;
    }
}

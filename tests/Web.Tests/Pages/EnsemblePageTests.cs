using System.Net;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The pages of ensembles, as a browser without scripts has them.</summary>
public sealed partial class EnsemblePageTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private const string Address = $"ensembles/{ApiSilo.Ensemble}";

    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task All_ensembles_are_listed_with_their_newest_versions()
    {
        await silo.Train();
        var newest = await Newest();

        var page = await _http.GetStringAsync("ensembles");

        var row = Html.Rows(page).Single(row => row[0] == ApiSilo.Ensemble);
        Assert.Equal([$"{newest.Ensemble.Version}", $"{newest.Ensemble.Members.Length}"], row[1..3]);
        Assert.Contains($"ensembles/{ApiSilo.Ensemble}", string.Join(' ', Html.Links(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_members_weights_errors_and_versions()
    {
        await silo.Train();
        var newest = await Newest();

        var page = await _http.GetStringAsync(Address);

        var text = Html.Text(page);
        Assert.Contains($"Ensemble {ApiSilo.Ensemble}, version {newest.Ensemble.Version}", text, StringComparison.Ordinal);
        Assert.Matches(@"EER on test pairs \d+\.\d\d % 95 %: ", text);
        var rows = Html.Rows(page);
        Assert.All(newest.Ensemble.Members, member => Assert.Contains(rows, row => row[0] == member.Trial[..8] && row.Length > 5));
        Assert.Contains(rows, row => row[0] == $"{newest.Ensemble.Version}" && row.Length == 6);
        Assert.Equal(1, Regex.Count(page, "<svg [^>]*aria-label=\"Probability that"));
    }

    [Fact]
    public async Task A_version_has_an_address_and_one_that_does_not_exist_is_not_found()
    {
        await silo.Train();

        Assert.Contains($"Ensemble {ApiSilo.Ensemble}, version 1", Html.Text(await _http.GetStringAsync($"{Address}?version=1")), StringComparison.Ordinal);
        using var missing = await _http.GetAsync($"{Address}?version=77");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("has no version 77", Html.Text(await missing.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var nobody = await _http.GetAsync("ensembles/nobody");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task A_measurement_on_test_pairs_shows_curves_and_reads_off_error_rates()
    {
        await silo.Train();
        var page = await _http.GetStringAsync(Address);
        Assert.DoesNotContain("ROC curve", Html.Text(page).Replace("ROC and DET curves", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var measured = await Post(page, MeasureAddress().Match(page).Groups["to"].Value);
        while (measured.Contains("Measuring on test pairs", StringComparison.Ordinal))
            measured = await _http.GetStringAsync(Address);

        var text = Html.Text(measured);
        Assert.Contains("ROC curve of trained", text, StringComparison.Ordinal);
        Assert.Contains("DET curve of trained", text, StringComparison.Ordinal);
        Assert.Contains("Reliability of the probabilities of trained", text, StringComparison.Ordinal);
        var (far, frr) = (await Read("limit=far&rate=5"), await Read("limit=frr&rate=5"));
        Assert.InRange(far.Far, 0.01, 5);
        Assert.InRange(frr.Frr, 0.01, 5);
        Assert.True(far.Threshold < frr.Threshold == far.Frr > frr.Frr, $"{far} {frr}");
        using var odd = await _http.GetAsync($"{Address}?limit=far&rate=101");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, odd.StatusCode);
    }

    [Fact]
    public async Task The_worst_pairs_are_shown_and_take_feedback()
    {
        await silo.Train();
        var page = await _http.GetStringAsync(Address);
        var pictures = Html.Loaded(page).Where(loaded => loaded.Contains("/worst/", StringComparison.Ordinal)).ToList();

        Assert.InRange(pictures.Count, 1, 10);
        using (var picture = await _http.GetAsync(new Uri(new Uri(silo.Address, Address), pictures[0])))
        {
            Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await picture.Content.ReadAsByteArrayAsync())[..4]);
        }

        var labelled = LabelledAs().Match(page).Groups["truth"].Value;
        var given = Html.Text(await Post(page, pictures[0][..^4], ("truth", labelled)));
        Assert.Contains($"It now knows that the pair is really {labelled} .", given, StringComparison.Ordinal);
        Assert.Contains(labelled == "same" ? "feedback on 1 same pair and 0 different pairs" : "feedback on 0 same pairs and 1 different pair", given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_sees_neither_images_nor_forms()
    {
        await silo.Train();
        using var reader = await silo.Connect("ensembles1", Role.Read);

        var page = await reader.GetStringAsync(new Uri(silo.Address, Address));

        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain(".png", page, StringComparison.Ordinal);
        Assert.Contains("you need a key with the role train", Html.Text(page), StringComparison.Ordinal);
        using var refused = await reader.GetAsync(new Uri(silo.Address, $"{Address}/versions/1/worst/0.png"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_map_has_test_images_of_the_chosen_classes_and_their_shifted_copies()
    {
        await silo.Train();

        var map = $"{Address}/versions/{(await Newest()).Ensemble.Version}/map?images=20&classes=4,9";
        var plain = await _http.GetStringAsync(map);
        var shifted = await _http.GetStringAsync($"{map}&shifts=true");

        Assert.Equal((20, 100), (Regex.Count(plain, "<image "), Regex.Count(shifted, "<image ")));
        Assert.Equal(10, Regex.Count(plain, "<title>4, test image"));
        Assert.Equal(plain, await _http.GetStringAsync(map));
        Assert.Contains("Places are principal components", Html.Text(plain), StringComparison.Ordinal);
        var rows = Html.Rows(shifted);
        Assert.Equal(["4", "9"], rows.Skip(1).Select(row => row[0]));
        Assert.All(rows.Skip(1), row => Assert.Equal("50", row[1]));
    }

    [Fact]
    public async Task The_map_of_an_ensemble_whose_embeddings_have_two_numbers_has_these_as_places()
    {
        var sweep = silo.Grains.GetGrain<ISweepGrain>("flat");
        await sweep.Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [1]), ("steps", [10]), ("embedding-size", [2])), Seeds = [1] }, CancellationToken.None);
        await silo.Until("flat", SweepPhase.Completed);

        var map = Html.Text(await _http.GetStringAsync("ensembles/flat/versions/1/map"));

        Assert.Contains("Places are the embeddings.", map, StringComparison.Ordinal);
        Assert.Contains("First number of the embedding", map, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes=x", "mnist-mini has no class 'x'; it has 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.")]
    [InlineData("images=2", "'images': 2 is not from 3 to 2000.")]
    [InlineData("images=401&shifts=true", "'images': 401 is not from 3 to 400, because each has copies.")]
    public async Task A_map_that_cannot_be_drawn_is_explained(string query, string message)
    {
        await silo.Train();
        using var answer = await _http.GetAsync($"{Address}/versions/1/map?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(message, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private async Task<EnsembleSummary> Newest() => (await silo.Grains.GetGrain<IEnsembleGrain>(ApiSilo.Ensemble).GetNewest(CancellationToken.None))!;

    private async Task<(double Threshold, double Far, double Frr)> Read(string limit)
    {
        var read = ReadOff().Match(Html.Text(await _http.GetStringAsync($"{Address}?{limit}")));
        return (Number("threshold"), Number("far"), Number("frr"));

        double Number(string name) => double.Parse(read.Groups[name].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends the hidden fields of a page, and others, to an address on it; redirections are followed.</summary>
    private async Task<string> Post(string page, string to, params (string Name, string Value)[] fields)
    {
        var hidden = (await Html.Form(page).ReadAsStringAsync()).Split('&')[0].Split('=');
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(WebUtility.UrlDecode(hidden[0]), WebUtility.UrlDecode(hidden[1])), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var answer = await _http.PostAsync(new Uri(new Uri(silo.Address, Address), to), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    [GeneratedRegex("action=\"(?<to>[^\"]*/measure)\"")]
    private static partial Regex MeasureAddress();

    [GeneratedRegex("Labelled <strong>(?<truth>same|different)</strong>")]
    private static partial Regex LabelledAs();

    [GeneratedRegex(@"With the threshold (?<threshold>[\d.]+) , (?<far>[\d.]+) % of different pairs are accepted and (?<frr>[\d.]+) % of same")]
    private static partial Regex ReadOff();
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The page on which a pair is tried, as a browser without scripts has it.</summary>
public sealed partial class PairPageTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Two_files_get_the_verdict_of_the_ensemble_with_every_vote_and_stay_beside_it()
    {
        await silo.Train();
        var images = await silo.Images(2);
        var verdict = await silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble).Judge(images[0], images[1], VerdictTerms.Default, CancellationToken.None);

        var (status, page) = await Ask([("first", images[0]), ("second", images[1])]);

        Assert.Equal(HttpStatusCode.OK, status);
        var text = Html.Text(page);
        Assert.Contains($"Probability of same {Percent(verdict.Probability)}", text, StringComparison.Ordinal);
        Assert.Contains($"same up to {Number(verdict.Threshold)}", text, StringComparison.Ordinal);
        var rows = Html.Rows(page);
        Assert.Equal(["Member", "Vote", "Distance", "Same up to", "Weight"], rows[0]);
        Assert.Equal(
            verdict.Members.Select(member => (string[])[member.Trial[..8], Contracts.Tuning.Words.Of(member.Vote), Number(member.Distance), Number(member.Threshold), Percent(member.Weight)]),
            rows.Skip(1));
        Assert.Contains(verdict.Id!, text, StringComparison.Ordinal);
        foreach (var image in images)
            Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(image.Bytes.AsSpan())}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_shift_the_probability_state_the_operating_point_and_say_why_it_is_unsure()
    {
        await silo.Train();
        var images = await silo.Images(2);

        var (_, page) = await Ask([("first", images[0]), ("second", images[1])], ("prior", "0.1"), ("unsure", "0"), ("unsure", "1"), ("maxFar", "0.2"), ("novelty", "0.5"));

        var text = Html.Text(page);
        Assert.Contains("Unsure, rather ", text, StringComparison.Ordinal);
        Assert.Contains("Why it is unsure:", text, StringComparison.Ordinal);
        Assert.Contains("with a prior of 10.00 %", text, StringComparison.Ordinal);
        Assert.Matches(@"FAR \d+\.\d\d % 95 %: \d+\.\d\d % to \d+\.\d\d % FRR ", text);
        Assert.Matches(@"Familiarity \d+\.\d\d %, \d+\.\d\d %", text);
        var shared = Html.Links(page).Single(link => link.StartsWith("try?ensemble=", StringComparison.Ordinal) && !link.Contains("samples", StringComparison.Ordinal));
        Assert.Equal($"try?ensemble={ApiSilo.Ensemble}&prior=0.1&unsure=0&unsure=1&maxFar=0.2&novelty=0.5", shared);
        var opened = await _http.GetStringAsync(shared);
        Assert.Contains("name=\"prior\" value=\"0.1\"", opened, StringComparison.Ordinal);
        Assert.Contains("name=\"maxFar\" value=\"0.2\"", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_on_one_side_are_references()
    {
        await silo.Train();
        var images = await silo.Images(4);

        var (status, page) = await Ask([("first", images[0]), ("second", images[1]), ("second", images[2]), ("second", images[3])]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Compared with 3 references by ", Html.Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain("tell the ensemble", Html.Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_found_among_enrolled_names_and_compared_with_one()
    {
        await silo.Train();
        var images = await silo.Images(3);
        await silo.Grains.GetGrain<IIdentifyGrain>(ApiSilo.Ensemble).Enroll([new("Ann <1>", images[0]), new("Bob", images[1])], wholly: true, CancellationToken.None);

        Assert.Contains("Which of 2 enrolled names is the first?", Html.Text(await _http.GetStringAsync($"try?ensemble={ApiSilo.Ensemble}")), StringComparison.Ordinal);
        var (_, found) = await Ask([("first", images[0])], ("ask", "names"));
        var (_, compared) = await Ask([("first", images[0])], ("enrolled", "Bob"));
        var (status, unknown) = await Ask([("first", images[0])], ("enrolled", "Eve"));

        Assert.Contains("It is Ann <1>", Html.Text(found), StringComparison.Ordinal);
        Assert.Equal(["Ann <1>", "same"], Html.Rows(found)[1][..2]);
        Assert.Contains("2 enrolled images searched", Html.Text(found), StringComparison.Ordinal);
        Assert.Contains("Probability of same", Html.Text(compared), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Eve", Html.Text(unknown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_images_can_be_picked_by_those_who_may_see_them()
    {
        await silo.Train();
        using var asker = await silo.Connect("samples1", Role.Ask);
        var address = $"try?ensemble={ApiSilo.Ensemble}&samples=3";

        var page = await _http.GetStringAsync(address);
        var (_, judged) = await Ask([], ("samples", "3"), ("firstSample", "0"), ("secondSample", "1"));
        var (status, refused) = await Ask([], asker, ("samples", "3"), ("firstSample", "0"), ("secondSample", "1"));

        Assert.Equal(12, Picks().Count(page));
        Assert.DoesNotContain("name=\"firstSample\"", await asker.GetStringAsync(new Uri(silo.Address, address)), StringComparison.Ordinal);
        Assert.Contains("Probability of same", Html.Text(judged), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("right to train", Html.Text(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_is_given_and_taken_back_by_those_who_may()
    {
        await silo.Train();
        var images = await silo.Images(2);
        using var asker = await silo.Connect("feedback1", Role.Ask);

        var (_, page) = await Ask([("first", images[0]), ("second", images[1])]);
        var given = await Post("try/feedback", [.. Fields(page[page.IndexOf("id=\"feedback\"", StringComparison.Ordinal)..]), ("truth", "different")], []);
        var taken = await Post("try/feedback", [.. Fields(given.Page[given.Page.IndexOf("id=\"feedback\"", StringComparison.Ordinal)..]), ("truth", "")], []);
        var (_, without) = await Ask([("first", images[0]), ("second", images[1])], asker);

        Assert.Contains("You said: they are different. The ensemble has feedback on 1 pair", Html.Text(given.Page), StringComparison.Ordinal);
        Assert.Contains("You took it back. The ensemble has feedback on 0 pairs", Html.Text(taken.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"feedback\"", without, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "prior", "often", 422, "'prior': 'often' is not a number.")]
    [InlineData("", "prior", "7", 422, "'prior': 7 is not above 0 and below 1.")]
    [InlineData("", "version", "99", 404, "99")]
    [InlineData("nobody", "prior", "0.5", 404, "nobody")]
    public async Task What_cannot_be_asked_is_explained_in_place_with_the_status_of_the_api(string ensemble, string field, string value, int status, string explanation)
    {
        await silo.Train();
        var images = await silo.Images(2);
        var name = ensemble.Length > 0 ? ensemble : ApiSilo.Ensemble;

        using var looked = await _http.GetAsync($"try?ensemble={name}&{field}={value}");
        var asked = await Post("try", [.. Fields(await _http.GetStringAsync("try")).Where(one => one.Name != "ensemble"), ("ensemble", name), (field, value), ("ask", "pair")], [("first", images[0]), ("second", images[1])]);

        Assert.Equal((status, status), ((int)looked.StatusCode, (int)asked.Status));
        foreach (var page in new[] { await looked.Content.ReadAsStringAsync(), asked.Page })
        {
            Assert.Contains(explanation, Html.Text(page), StringComparison.Ordinal);
            Assert.Contains("<h1>Try a pair</h1>", page, StringComparison.Ordinal);
            Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_and_one_that_is_missing_are_explained_in_place()
    {
        await silo.Train();
        var images = await silo.Images(1);

        var bad = await Ask([("first", images[0]), ("second", new ImageFile("notes.png", [.. "not an image"u8]))]);
        var missing = await Ask([("first", images[0])]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (bad.Status, missing.Status));
        Assert.Contains("notes.png", Html.Text(bad.Page), StringComparison.Ordinal);
        Assert.Contains("The second image is missing", Html.Text(missing.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_not_from_here_is_refused_in_place()
    {
        await silo.Train();
        var images = await silo.Images(2);

        var strange = await Post("try", [("ask", "pair")], [("first", images[0]), ("second", images[1])]);
        var large = await Ask([("first", new ImageFile("large.png", [.. new byte[58_000_000]]))]);

        Assert.Equal(HttpStatusCode.Forbidden, strange.Status);
        Assert.Contains("not from a page of this cluster", Html.Text(strange.Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.Status);
        Assert.Contains("The form must have at most", Html.Text(large.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_policy_allows_pictures_of_chosen_files_and_no_script_within_it()
    {
        using var answer = await _http.GetAsync("try");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        foreach (var loaded in Html.Loaded(page))
            Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(loaded)).StatusCode);
    }

    private Task<(HttpStatusCode Status, string Page)> Ask((string Name, ImageFile File)[] files, params (string Name, string Value)[] fields) => Ask(files, _http, fields);

    /// <summary>Sends the form of the page, as a browser does.</summary>
    private async Task<(HttpStatusCode Status, string Page)> Ask((string Name, ImageFile File)[] files, HttpClient http, params (string Name, string Value)[] fields)
    {
        var page = await http.GetStringAsync(new Uri(silo.Address, $"try?ensemble={ApiSilo.Ensemble}"));
        var ask = fields.Any(field => field.Name == "ask") ? fields : [.. fields, ("ask", "pair")];
        return await Post("try", [.. Fields(page[page.IndexOf("id=\"pair\"", StringComparison.Ordinal)..]), .. ask], files, http);
    }

    private async Task<(HttpStatusCode Status, string Page)> Post(string address, (string Name, string Value)[] fields, (string Name, ImageFile File)[] files, HttpClient? http = null)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        foreach (var (name, file) in files)
            form.Add(new ByteArrayContent([.. file.Bytes]), name, file.Name);
        // A browser sends a part without a name and content for a field in which nothing was chosen.
        var nothing = new ByteArrayContent([]);
        nothing.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"first\"", FileName = "\"\"" };
        form.Add(nothing);
        using var answer = await (http ?? _http).PostAsync(new Uri(silo.Address, address), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static (string Name, string Value)[] Fields(string page) =>
        [.. Hidden().Matches(page).Select(field => (WebUtility.HtmlDecode(field.Groups["name"].Value), WebUtility.HtmlDecode(field.Groups["value"].Value))).Distinct()];

    private static string Percent(double share) => Contracts.Wording.Figures.Percent(share);

    private static string Number(double number) => Contracts.Wording.Figures.Decimals(number);

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"firstSample\"")]
    private static partial Regex Picks();
}

using System.Net;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The form of a new sweep, as a browser without scripts has it.</summary>
public sealed partial class NewSweepPageTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_sweep_is_checked_planned_and_started()
    {
        var page = await _http.GetStringAsync("new-sweep?margin=1,2&steps=5&epochs=1&name=formed&search=grid");
        Assert.Contains("client sweep --margins 1,2 --steps 5 --epochs 1 --name formed", Html.Text(page), StringComparison.Ordinal);

        using (var planned = await Post("new-sweep", page))
            Assert.Equal("/sweeps/formed", planned.RequestMessage!.RequestUri!.AbsolutePath);
        await silo.Until("formed", SweepPhase.Prepared);
        Assert.Contains("sweeps/formed/start", string.Join(' ', Html.Links(await _http.GetStringAsync("sweeps/formed"))), StringComparison.Ordinal);
        using (var started = await Post("sweeps/formed/start", await _http.GetStringAsync("sweeps/formed/start")))
            Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        await silo.Until("formed", SweepPhase.Completed);
    }

    [Fact]
    public async Task A_mistake_is_explained_and_keeps_what_was_typed()
    {
        var page = await _http.GetStringAsync("new-sweep?margin=1,x&loss=triplet");

        Assert.Contains("'margin': 'x' is not a number.", Html.Text(page), StringComparison.Ordinal);
        Assert.Contains("value=\"1,x\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan this sweep", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cluster_refuses_is_explained_on_the_form()
    {
        await silo.Train();
        var page = await _http.GetStringAsync($"new-sweep?margin=3&name={ApiSilo.Ensemble}");

        using var refused = await Post("new-sweep", page);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Contains(ApiSilo.Ensemble, Alert().Match(text).Value, StringComparison.Ordinal);
        Assert.Contains("value=\"3\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_field_is_refused()
    {
        using var answer = await _http.GetAsync("new-sweep?margins=1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("There is no field 'margins'", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_those_who_may_train()
    {
        using var reader = await silo.Connect("newsweep1", Role.Read);
        using var refused = await reader.GetAsync(new Uri(silo.Address, "new-sweep"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("'newsweep1' may read, but this needs the right to train.", Html.Text(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain("new-sweep", await reader.GetStringAsync(silo.Address), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Post(string address, string page)
    {
        using var form = Html.Form(page);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        return await _http.SendAsync(request);
    }

    [GeneratedRegex("role=\"alert\">[^<]*")]
    private static partial Regex Alert();
}

using System.Globalization;
using System.Text.Json;
using Siamese.Contracts.Access;

namespace Siamese.Client.Tests.Commands.Keys;

/// <summary>`keys add`, `keys list` and `keys revoke`.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly ClientRun _client = new();

    private List<ApiKey> All => _client.Cluster.TheKeys.All;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_key_is_alone_on_standard_output()
    {
        Assert.Equal(0, await _client.Run("keys", "add", "reading room", "--may", "ask", "--until", "2030-01-31", "--per-minute", "60"));

        var key = Assert.Single(All);
        Assert.Equal(("reading room", Role.Ask, 60, Date("2030-01-31")), (key.Name, key.Role, key.PerMinute, key.Until));
        Assert.Matches("^[a-z0-9]{12}$", key.Id);
        Assert.Equal($"siamese_{key.Id}_reading room\n", _client.Out);
        Assert.Equal(
            $"Key reading room (id {key.Id}) may ask, 60 requests a minute, until 2030-01-31 00:00:00Z. Its secret is not shown again: keep it where only the program that uses it can read it. "
            + "If it gets lost or known, take it back: client keys revoke 'reading room'\n",
            _client.Error);
    }

    [Fact]
    public async Task By_default_a_key_does_not_expire_and_may_make_6000_requests_a_minute()
    {
        Assert.Equal(0, await _client.Run("keys", "add", "lab", "--may", "read", "--format", "json"));

        Assert.Equal((Role.Read, 6000, null), (All[0].Role, All[0].PerMinute, All[0].Until));
        var document = JsonDocument.Parse(_client.Out).RootElement;
        Assert.Equal(
            ($"siamese_{All[0].Id}_lab", All[0].Id, "lab", "read", JsonValueKind.Null, 6000),
            (document.GetProperty("key").GetString(), document.GetProperty("id").GetString(), document.GetProperty("name").GetString(), document.GetProperty("may").GetString(),
                document.GetProperty("until").ValueKind, document.GetProperty("perMinute").GetInt32()));
    }

    [Theory]
    [InlineData("2030-01-31", "2030-01-31T00:00:00Z")]
    [InlineData("2030-01-31T18:30", "2030-01-31T18:30:00Z")]
    [InlineData("2030-01-31T18:30:15Z", "2030-01-31T18:30:15Z")]
    [InlineData("2030-01-31T18:30+02:00", "2030-01-31T16:30:00Z")]
    public async Task A_date_is_UTC_unless_it_states_otherwise(string text, string date)
    {
        Assert.Equal(0, await _client.Run("keys", "add", "lab", "--may", "ask", "--until", text));

        Assert.Equal(Date(date), All[0].Until);
    }

    [Fact]
    public async Task The_list_shows_how_each_key_stands()
    {
        Assert.Equal(0, await _client.Run("keys", "list"));
        Assert.Equal("There are no keys; try: client keys add NAME --may ask\n", _client.Out);
        All.AddRange(
        [
            new("lab00004", "lab", Role.Ask, Date("1970-01-01T00:02:00Z"), "anna", Date("1970-01-03"), 1) { LastUsedAt = Date("1970-01-01T00:03:00Z") },
            new("lab00003", "old", Role.Read, Date("1970-01-01T00:01:00Z"), null, Date("1970-01-01"), 6000),
            new("lab00002", "lab", Role.Administer, Date("1970-01-01"), "key:boss", null, 6000) { RevokedAt = Date("1970-01-01T00:01:30Z") },
        ]);
        var start = _client.Out.Length;

        Assert.Equal(0, await _client.Run("keys", "list"));

        Assert.Equal(
            """
            lab (id lab00004): may ask, 1 request a minute, until 1970-01-03 00:00:00Z; added 1970-01-01 00:02:00Z by anna, last used 1970-01-01 00:03:00Z
            old (id lab00003), expired: may read, 6,000 requests a minute, until 1970-01-01 00:00:00Z; added 1970-01-01 00:01:00Z, never used
            lab (id lab00002), revoked 1970-01-01 00:01:30Z: may administer, 6,000 requests a minute, and does not expire; added 1970-01-01 00:00:00Z by key:boss, never used
            3 keys, 1 of them valid

            """,
            _client.Out[start..]);
    }

    [Fact]
    public async Task The_lists_document_has_these_fields()
    {
        All.Add(new("lab00004", "lab", Role.Ask, Date("1970-01-01T00:02:00Z"), "anna", Date("1970-01-03"), 1) { LastUsedAt = Date("1970-01-01T00:03:00Z") });

        Assert.Equal(0, await _client.Run("keys", "list", "--format", "json"));

        Assert.Equal(
            """
            {
              "keys": [
                {
                  "id": "lab00004",
                  "name": "lab",
                  "caller": "key:lab",
                  "may": "ask",
                  "perMinute": 1,
                  "isValid": true,
                  "madeAt": "1970-01-01T00:02:00+00:00",
                  "madeBy": "anna",
                  "until": "1970-01-03T00:00:00+00:00",
                  "lastUsedAt": "1970-01-01T00:03:00+00:00",
                  "revokedAt": null
                }
              ]
            }

            """,
            _client.Out);
    }

    [Fact]
    public async Task A_key_is_revoked_by_its_name_or_its_id()
    {
        await _client.Run("keys", "add", "lab", "--may", "ask");
        await _client.Run("keys", "add", "desk", "--may", "ask");
        var (desk, lab, start) = (All[0].Id, All[1].Id, _client.Out.Length);

        Assert.Equal(0, await _client.Run("keys", "revoke", "lab"));
        Assert.Equal(0, await _client.Run("keys", "revoke", "lab"));
        Assert.Equal(0, await _client.Run("keys", "revoke", desk));

        Assert.Equal(
            $"Revoked key lab (id {lab}). Requests with it are refused within 2 minutes.\n"
            + $"Key lab (id {lab}) was already revoked at 1970-01-02 00:00:00Z.\n"
            + $"Revoked key desk (id {desk}). Requests with it are refused within 2 minutes.\n",
            _client.Out[start..]);
        Assert.All(All, key => Assert.NotNull(key.RevokedAt));
    }

    [Fact]
    public async Task Of_two_keys_with_one_name_the_one_in_use_is_revoked()
    {
        All.AddRange(
        [
            new("lab00002", "lab", Role.Ask, Date("1970-01-02"), null, null, 6000),
            new("lab00001", "lab", Role.Ask, Date("1970-01-01"), null, null, 6000) { RevokedAt = Date("1970-01-01") },
        ]);

        Assert.Equal(0, await _client.Run("keys", "revoke", "lab", "--format", "json"));

        var document = JsonDocument.Parse(_client.Out).RootElement;
        Assert.Equal(
            ("lab00002", "lab", true), (document.GetProperty("id").GetString(), document.GetProperty("name").GetString(), document.GetProperty("wasValid").GetBoolean()));
        Assert.NotNull(All[0].RevokedAt);
    }

    [Fact]
    public async Task An_unknown_key_is_bad_input()
    {
        Assert.Equal(2, await _client.Run("keys", "revoke", "until"));
        Assert.Equal("There is no key 'until'; `client keys list` lists all keys.\n", _client.Error);
    }

    private static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

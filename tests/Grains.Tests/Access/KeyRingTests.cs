using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Grains.Access;

namespace Siamese.Grains.Tests.Access;

public sealed class KeyRingTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.Parse("2026-03-01T12:00:00Z", CultureInfo.InvariantCulture);

    private readonly KeyRing _keys = new(new KeyRingState());

    private DateTimeOffset _now = _start;

    [Fact]
    public void A_key_is_admitted_for_two_minutes_with_its_role()
    {
        var text = Add(new("lab00001", "lab", Role.Ask) { PerMinute = 60 });

        var (key, until) = Admit(text)!.Value;

        Assert.Equal(("lab00001", "lab", Role.Ask, 60), (key.Id, key.Name, key.Role, key.PerMinute));
        Assert.Equal(_start.AddMinutes(2), until);
        Assert.Equal((_start, "anna", _start), (_keys.All[0].MadeAt, _keys.All[0].MadeBy, _keys.All[0].LastUsedAt));
    }

    [Fact]
    public void Only_the_whole_key_is_admitted()
    {
        var text = Add(new("lab00001", "lab", Role.Ask));
        var other = Add(new("lab00002", "other", Role.Ask));
        var secret = text.Split('_')[2];

        string[] wrong =
        [
            "", "lab", "lab00001", secret, $"lab00001_{secret}", $"siamese_lab00001_{secret[..^1]}", $"siamese_lab00001_{secret}0", $"siamese_lab00001_{new string('0', 64)}",
            $"siamese_lab00001_{secret}_", $"Siamese_lab00001_{secret}", $"siamese_lab00001_{secret.ToUpperInvariant()}", $"siamese_lab00003_{secret}", $"siamese_lab00002_{secret}", $" {text}", $"{text}\n",
        ];
        Assert.All(wrong, key => Assert.Null(Admit(key)));
        Assert.All(_keys.All, key => Assert.Null(key.LastUsedAt));
        Assert.NotNull(Admit(text));
        Assert.NotNull(Admit(other));
    }

    [Fact]
    public void A_key_expires_and_so_do_its_tickets()
    {
        var text = Add(new("lab00001", "lab", Role.Ask) { Until = _start.AddMinutes(3) });

        _now = _start.AddMinutes(2);
        Assert.Equal(_start.AddMinutes(3), Admit(text)!.Value.Until);
        _now = _start.AddMinutes(3);
        Assert.Null(Admit(text));
        Assert.Equal(_start.AddMinutes(2), _keys.All[0].LastUsedAt);
    }

    [Theory]
    [InlineData("lab00001")]
    [InlineData("lab")]
    public void A_key_is_revoked_by_its_id_or_its_name(string idOrName)
    {
        var text = Add(new("lab00001", "lab", Role.Ask));

        _keys.Revoke(_keys.Find(idOrName)!, _now);

        Assert.Null(Admit(text));
        Assert.Equal(_now, _keys.All[0].RevokedAt);
    }

    [Fact]
    public void The_same_id_again_is_refused()
    {
        Add(new("lab00001", "lab", Role.Ask));
        const string Refusal = "There is a key with the id 'lab00001' already, and its secret was shown once. If you did not get it, revoke that key and add another.";

        Assert.Equal(Refusal, Refused(new("lab00001", "lab", Role.Ask)));
        _keys.Revoke(_keys.Find("lab")!, _now);
        Assert.Equal(Refusal, Refused(new("lab00001", "another", Role.Ask)));
    }

    [Fact]
    public void A_name_is_free_again_when_its_key_is_revoked()
    {
        var first = Add(new("lab00001", "lab", Role.Ask));
        Assert.Equal("There is a key named 'lab' already, with the id lab00001; revoke it, or choose another name.", Refused(new("lab00002", "lab", Role.Ask)));

        _keys.Revoke(_keys.Find("lab")!, _now);
        var second = Add(new("lab00002", "lab", Role.Read));

        Assert.Equal("lab00002", _keys.Find("lab")!.Id);
        Assert.Null(Admit(first));
        Assert.Equal(Role.Read, Admit(second)!.Value.Key.Role);
    }

    [Fact]
    public void An_id_takes_precedence_over_a_name()
    {
        Add(new("lab00001", "lab00002", Role.Ask));
        Add(new("lab00002", "lab00001", Role.Ask));

        Assert.Equal("lab00002", _keys.Find("lab00002")!.Id);
        Assert.Null(_keys.Find("lab"));
    }

    [Theory]
    [InlineData("lab0001", "lab", 60, "The id 'lab0001' is not valid; use 8 to 64 of the characters a to z and 0 to 9.")]
    [InlineData("Lab00001", "lab", 60, "The id 'Lab00001' is not valid; use 8 to 64 of the characters a to z and 0 to 9.")]
    [InlineData("lab_0001", "lab", 60, "The id 'lab_0001' is not valid; use 8 to 64 of the characters a to z and 0 to 9.")]
    [InlineData("lab00001", "", 60, "The name of a key has 0 characters; use 1 to 60.")]
    [InlineData("lab00001", " lab", 60, "The name of a key, ' lab', starts or ends with a space, or contains a character that controls a terminal or the direction of text; leave it out.")]
    [InlineData("lab00001", "l\u001bab", 60, @"The name of a key, 'l\u001bab', starts or ends with a space, or contains a character that controls a terminal or the direction of text; leave it out.")]
    [InlineData("lab00001", "lab", 0, "'per-minute': 0 is not from 1 to 1000000.")]
    [InlineData("lab00001", "lab", 1_000_001, "'per-minute': 1000001 is not from 1 to 1000000.")]
    public void What_is_not_valid_is_refused(string id, string name, int perMinute, string refusal) =>
        Assert.Equal(refusal, Refused(new(id, name, Role.Ask) { PerMinute = perMinute }));

    [Fact]
    public void A_key_cannot_have_expired_already() =>
        Assert.Equal("'until': 2026-03-01 12:00:00Z is in the past; state a later date.", Refused(new("lab00001", "lab", Role.Ask) { Until = _start }));

    [Fact]
    public void Keys_that_ended_make_room_for_new_ones_and_others_do_not()
    {
        for (var i = 0; i < KeyRing.MaximumKeys; i++)
            _keys.Add(new(FormattableString.Invariant($"key{i:00000}"), FormattableString.Invariant($"{i}"), Role.Ask) { Until = i == 7 ? _start.AddDays(1) : null }, [], null, _start);
        Assert.Equal("There are 10000 keys, the maximum; revoke one that is not needed any more.", Refused(new("more0001", "more", Role.Ask)));

        // Key 7 expires before key 3 is revoked.
        _now = _start.AddDays(2);
        _keys.Revoke(_keys.Find("3")!, _now);
        Add(new("more0001", "more", Role.Ask));
        Assert.Equal((null, "key00003"), (_keys.Find("7"), _keys.Find("3")!.Id));
        Add(new("more0002", "even more", Role.Ask));
        Assert.Null(_keys.Find("3"));
        Refused(new("more0003", "too much", Role.Ask));
    }

    [Fact]
    public void Uses_are_stored_once_a_minute()
    {
        var text = Add(new("lab00001", "lab", Role.Ask));
        Assert.False(_keys.IsTimeToStoreUses(_now));

        Admit(text);
        Assert.True(_keys.IsTimeToStoreUses(_now));
        _keys.BeginStoring();

        _now = _start.AddSeconds(59);
        Admit(text);
        Assert.Equal((true, false), (_keys.HasUses, _keys.IsTimeToStoreUses(_now)));
        _now = _start.AddSeconds(60);
        Assert.True(_keys.IsTimeToStoreUses(_now));
        _keys.BeginStoring();
        Assert.False(_keys.HasUses);

        // The clock was put back.
        _now = _start;
        Admit(text);
        Assert.True(_keys.IsTimeToStoreUses(_now));
    }

    private string Add(ApiKeyRequest request)
    {
        var text = KeyText.Make(request.Id);
        _keys.Add(request, KeyText.HashOf(text), "anna", _now);
        return text;
    }

    private (ApiKey Key, DateTimeOffset Until)? Admit(string text) => _keys.Admit(text, _now);

    private string Refused(ApiKeyRequest request) => Assert.Throws<BadInputException>(() => Add(request)).Message;
}

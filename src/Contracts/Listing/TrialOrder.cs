using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Listing;

/// <summary>What trials are put in order by.</summary>
public enum TrialKey
{
    /// <summary>Validation EER.</summary>
    Eer,

    /// <summary>Seconds of training.</summary>
    Seconds,

    /// <summary>Number of finished epochs.</summary>
    Epochs,

    /// <summary>The trial's id alone.</summary>
    Trial,

    /// <summary>A hyperparameter.</summary>
    Hyperparameter,
}

/// <summary>The order of a list of trials. Trials without the value come last, and trials with the same value are in the order of their ids.</summary>
public sealed class TrialOrder : IComparer<TrialPlace>
{
    private static readonly JsonSerializerOptions _strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private readonly string _text;
    private readonly int _sign;

    /// <param name="text">`eer`, `seconds`, `epochs`, `trial` or a hyperparameter, with a minus sign for the largest first.</param>
    /// <exception cref="BadInputException">There is no such order.</exception>
    public TrialOrder(string text)
    {
        (_text, _sign) = (text, text.StartsWith('-') ? -1 : 1);
        var name = text[(_sign < 0 ? 1 : 0)..];
        (Key, Hyperparameter) = name switch
        {
            "eer" => (TrialKey.Eer, null),
            "seconds" => (TrialKey.Seconds, null),
            "epochs" => (TrialKey.Epochs, null),
            "trial" => (TrialKey.Trial, null),
            _ when TrialConditions.Find(name) is { } hyperparameter => (TrialKey.Hyperparameter, hyperparameter),
            _ => throw new BadInputException($"'sort': there is no order '{PlainText.Of(text)}'; use eer, seconds, epochs, trial or a hyperparameter, with a minus sign for the largest first."),
        };
    }

    /// <summary>What decides the place of a trial.</summary>
    public TrialKey Key { get; }

    /// <summary>The hyperparameter, if that is what decides; otherwise null.</summary>
    public Hyperparameter? Hyperparameter { get; }

    /// <summary>A place as it is sent to whoever asks for what comes after it.</summary>
    private sealed record Cursor(string Sort, Place After);

    /// <param name="Number">Its value, if that is a number.</param>
    /// <param name="Word">Its value, if that is a word.</param>
    /// <param name="Trial">Its id.</param>
    private sealed record Place(double? Number, string? Word, string Trial);

    /// <inheritdoc/>
    public int Compare(TrialPlace x, TrialPlace y)
    {
        if (x.Value is not { } first || y.Value is not { } second)
            return x.Value is null == y.Value is null ? x.Trial.CompareTo(y.Trial) : x.Value is null ? 1 : -1;
        var value = first.Word is null && second.Word is null ? first.Number.CompareTo(second.Number) : string.CompareOrdinal(first.Word, second.Word);
        return value != 0 ? _sign * Math.Sign(value) : x.Trial.CompareTo(y.Trial);
    }

    /// <summary>A place in words that <see cref="Read"/> reads.</summary>
    public string Write(TrialPlace place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new Cursor(_text, new Place(place.Value is { Word: null } number ? number.Number : null, place.Value?.Word, TrialPlace.IdOf(place.Trial))), _strict));

    /// <exception cref="BadInputException">It is not a place in this order.</exception>
    public TrialPlace Read(string after)
    {
        try
        {
            if (JsonSerializer.Deserialize<Cursor>(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(after)), _strict) is { After: var place, Sort: var sort } && sort == _text && TrialPlace.NumberOf(place.Trial) is { } trial)
                return new(place.Number is { } number ? HyperparameterValue.Of(number) : HyperparameterValue.Maybe(place.Word), trial);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // The message below says it all.
        }

        throw new BadInputException($"'after': '{PlainText.Of(after)}' is not the 'next' of a page with the same 'sort'; leave it out to begin with the first page.");
    }
}

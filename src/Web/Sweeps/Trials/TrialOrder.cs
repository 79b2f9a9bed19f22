using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Web.Requests;

namespace Siamese.Web.Sweeps.Trials;

/// <summary>The order of a list of trials. Trials without the value come last, and trials with the same value are in the order of their ids.</summary>
internal sealed class TrialOrder : IComparer<TrialOrder.Place>
{
    private readonly string _text;
    private readonly int _sign;
    private readonly Func<TrialReport, HyperparameterValue?> _value;

    /// <param name="text">`eer`, `seconds`, `epochs`, `trial` or a hyperparameter, with a minus sign for the largest first.</param>
    /// <exception cref="BadInputException">There is no such order.</exception>
    public TrialOrder(string text)
    {
        (_text, _sign) = (text, text.StartsWith('-') ? -1 : 1);
        var name = text[(_sign < 0 ? 1 : 0)..];
        _value = name switch
        {
            "eer" => trial => Number(trial.Result?.Validation?.Eer),
            "seconds" => trial => Number(trial.Result?.Seconds),
            "epochs" => trial => trial.Result is { Epochs: { IsDefault: false } epochs } ? epochs.Length : null,
            "trial" => _ => null,
            _ when TrialConditions.Find(name) is { } hyperparameter => trial => hyperparameter.Get(trial.Spec.Hyperparameters),
            _ => throw new BadInputException($"'sort': there is no order '{PlainText.Of(text)}'; use eer, seconds, epochs, trial or a hyperparameter, with a minus sign for the largest first."),
        };
    }

    /// <summary>A place in the order.</summary>
    /// <param name="Number">Its value, if that is a number.</param>
    /// <param name="Word">Its value, if that is a word.</param>
    /// <param name="Trial">Its id.</param>
    internal sealed record Place(double? Number, string? Word, string Trial);

    /// <summary>A place as it is sent to whoever asks for what comes after it.</summary>
    private sealed record Cursor(string Sort, Place After);

    public Place PlaceOf(TrialReport trial) => _value(trial) switch
    {
        null => new(null, null, trial.Trial),
        { Word: { } word } => new(null, word, trial.Trial),
        { Number: var number } => new(number, null, trial.Trial),
    };

    public int Compare(Place? x, Place? y)
    {
        var (has, other) = (x!.Number is not null || x.Word is not null, y!.Number is not null || y.Word is not null);
        if (has != other)
            return has ? -1 : 1;
        var value = x.Number is { } number && y.Number is { } second ? number.CompareTo(second) : string.CompareOrdinal(x.Word, y.Word);
        return value != 0 ? _sign * Math.Sign(value) : string.CompareOrdinal(x.Trial, y.Trial);
    }

    public string Write(Place place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Cursor(_text, place), Bodies.Strict));

    /// <exception cref="BadInputException">It is not a cursor of this order.</exception>
    public Place Read(string after)
    {
        try
        {
            if (JsonSerializer.Deserialize<Cursor>(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(after)), Bodies.Strict) is { } cursor && cursor.Sort == _text)
                return cursor.After;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // The message below says it all.
        }

        throw new BadInputException($"'after': '{PlainText.Of(after)}' is not the 'next' of a page with the same 'sort'; leave it out to begin with the first page.");
    }

    private static HyperparameterValue? Number(double? number) => number is { } finite && double.IsFinite(finite) ? HyperparameterValue.Of(finite) : default(HyperparameterValue?);
}

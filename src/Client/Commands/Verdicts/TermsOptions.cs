using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>Options for the ensemble to ask and for the terms of its verdicts.</summary>
internal sealed class TermsOptions
{
    private readonly Option<string?> _ensemble = EnsembleOption.Versioned();
    private readonly Option<string?> _prior = new("--prior") { HelpName = "P", Description = "Prior probability of *same*, such as 0.01; it shifts the verdict's probability. [default: 0.5]" };
    private readonly Option<string?> _unsure = new("--unsure") { HelpName = "FROM..TO", Description = "Answer unsure if the probability is in this range, such as 0.2..0.8." };
    private readonly Option<string?> _disagreement = new("--disagreement") { HelpName = "SHARE", Description = "Answer unsure if members with this share of the weight disagree, such as 0.3." };

    private readonly Option<string?> _novelty = new("--novelty") { HelpName = "SHARE", Description = "Answer unsure if an image is farther from all training images than all but this share of validation images, such as 0.02." };
    private readonly Option<string?> _maximumFar = new("--max-far") { HelpName = "RATE", Description = "Use the threshold that calls at most this share of different validation pairs same, such as 0.001." };
    private readonly Option<string?> _maximumFrr = new("--max-frr") { HelpName = "RATE", Description = "Use the threshold that calls at most this share of same validation pairs different, such as 0.01." };

    public IEnumerable<Option> All => [_ensemble, _maximumFar, _maximumFrr, _prior, _unsure, _disagreement, _novelty];

    /// <returns>The ensemble's name, null for the newest, and the terms.</returns>
    /// <exception cref="BadInputException">A value is invalid or out of range.</exception>
    public (string? Ensemble, VerdictTerms Terms) Read(ParseResult line)
    {
        var (name, version) = EnsembleOption.NameAndVersion(line, _ensemble);
        var terms = new VerdictTerms
        {
            Version = version,
            MaximumFar = Number(line, _maximumFar),
            MaximumFrr = Number(line, _maximumFrr),
            Prior = Number(line, _prior) ?? VerdictTerms.Default.Prior,
            Unsure = line.GetValue(_unsure) is { } unsure ? Band(unsure) : null,
            Disagreement = Number(line, _disagreement),
            Novelty = Number(line, _novelty),
        };
        OptionNames.Check(terms.Check);
        return (name, terms);
    }

    /// <summary>The terms as command-line options, without the version; empty for the default terms.</summary>
    public string Text(VerdictTerms terms)
    {
        return string.Join(' ', new[]
        {
            Of(_maximumFar, terms.MaximumFar),
            Of(_maximumFrr, terms.MaximumFrr),
            Of(_prior, terms.Prior.Equals(VerdictTerms.Default.Prior) ? null : terms.Prior),
            terms.Unsure is var (low, high) ? FormattableString.Invariant($"{_unsure.Name} {low}..{high}") : null,
            Of(_disagreement, terms.Disagreement),
            Of(_novelty, terms.Novelty),
        }.OfType<string>());

        static string? Of(Option option, double? value) => value is null ? null : FormattableString.Invariant($"{option.Name} {value}");
    }

    private Interval Band(string text)
    {
        return text.Split("..") is [var from, var to]
            ? new(Numbers.Real(_unsure.Name, from), Numbers.Real(_unsure.Name, to))
            : throw new BadInputException($"{_unsure.Name}: '{text}' is not two probabilities, such as 0.2..0.8.");
    }

    private static double? Number(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? Numbers.Real(option.Name, text) : null;
}

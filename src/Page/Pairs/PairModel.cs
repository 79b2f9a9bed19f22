using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Page.Layout;

namespace Siamese.Page.Pairs;

/// <summary>What the page on which a pair is tried shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Address">Whom to ask, and on which terms.</param>
/// <param name="Ensembles">Names of all ensembles, the newest first.</param>
/// <param name="Chosen">The version of the ensemble to ask; null if there is none.</param>
/// <param name="Newest">Its newest version.</param>
/// <param name="Names">Enrolled names, of which the first ones are suggested.</param>
/// <param name="NamesInAll">Number of enrolled names.</param>
/// <param name="Samples">Test images to pick from; null if they were not asked for.</param>
/// <param name="Answer">The answer; null if nothing was asked.</param>
/// <param name="Token">What proves that the form is from here.</param>
public sealed record PairModel(
    Visitor Visitor, PairAddress Address, IReadOnlyList<string> Ensembles, Ensemble? Chosen, int Newest, IReadOnlyList<string> Names, int NamesInAll,
    IReadOnlyList<Sample>? Samples, PairAnswer? Answer, FormToken Token)
{
    /// <summary>Whether its members take images and pen strokes.</summary>
    public bool TakesBoth => Chosen is { } chosen && (!chosen.Parts.IsEmpty || chosen.Data.Inputs is InputKinds.Both);
}

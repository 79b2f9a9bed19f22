using Siamese.Contracts;
using Siamese.Contracts.Recalibrating;
using Siamese.Grains.Access;

namespace Siamese.Grains.Recalibrating;

/// <summary>Marks the ids of verdicts, so that feedback is only accepted on verdicts that were given.</summary>
internal sealed class VerdictMarks(ISigner signer)
{
    private const string Purpose = "verdict";

    /// <summary>The id as text, with its mark.</summary>
    public string Write(VerdictId id) => id.ToText(signer.Sign(Purpose, id.Content()));

    /// <exception cref="BadInputException">It is not the id of a verdict of this cluster.</exception>
    public VerdictId Read(string text)
    {
        var (id, mark) = VerdictId.Parse(text);
        return signer.IsValid(Purpose, id.Content(), mark, VerdictId.MarkBytes)
            ? id
            : throw new BadInputException($"'{text}' is not the id of a verdict of this cluster. Copy the whole id; if it is an old one, ask for the verdict again: ids end when the cluster's secret was changed twice.");
    }
}

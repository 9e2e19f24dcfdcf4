using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Tracked objects: <c>NAME [weight N [reverse|noreverse]]</c>.</summary>
internal class TrackList(string name, int limit, bool clampByOne = false, int maxName = int.MaxValue, bool isInterface = false, bool isBfd = false)
    : DistinctListSyntax<TrackReference, string>(name, static reference => reference.Name)
{
    private static readonly NumberSyntax<int> Any = new(int.MinValue, int.MaxValue);

    public override string Description => $"{{ NAME [weight -{limit}..{limit} [reverse|noreverse]] ... }}";

    protected override void ReadEntry(ValueReader entry, DistinctList<TrackReference, string> list)
    {
        if (!TryReadName(entry, out var text, out var next))
            return;
        if (list.HasKey(text))
        {
            entry.Invalid(0, $"{text} is listed twice; the first stays");
            return;
        }

        var reference = new TrackReference { Name = text, Position = entry.Statement.Location };
        if (entry.Count > next && !TryReadWeight(entry, next, ref reference))
            return;

        if (isBfd && !entry.Context.ExistsBfd(text, BfdKeywords.Vrrp))
        {
            entry.Context.Error(
                entry.Statement, 0, DiagnosticCodes.UnknownName,
                $"{entry.Keyword.Name}: there is no bfd_instance {text} before this that is for VRRP; it is not tracked");
            return;
        }

        if (!isInterface || IsThere(entry, text))
            list.TryAdd(reference);
    }

    /// <summary>Reads the name at the start of an entry; false, reported, if there is none.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="name">The name.</param>
    /// <param name="next">The word behind it.</param>
    protected virtual bool TryReadName(ValueReader entry, out string name, out int next)
    {
        (name, next) = (entry.Text(0), 1);
        if (entry[0].Length <= maxName)
            return true;
        entry.Invalid(0, $"'{name}' is too long", $"at most {maxName} bytes");
        return false;
    }

    // weight N [reverse|noreverse]; false, reported, if the entry is to be left out.
    private bool TryReadWeight(ValueReader entry, int word, ref TrackReference reference)
    {
        if (entry[word] is not "weight")
        {
            entry.Unknown(word, ["weight"]);
            return false;
        }

        if (++word == entry.Count)
        {
            entry.Invalid(word - 1, "a number must follow weight; it is not tracked");
            return false;
        }

        if (ReadWeight(entry, word) is { } weight)
            reference = reference with { Weight = weight };
        if (++word == entry.Count)
            return true;
        if (entry[word] is not "reverse" && (isInterface || entry[word] is not "noreverse"))
        {
            entry.Unknown(word, isInterface ? ["reverse"] : ["reverse", "noreverse"]);
            return false;
        }

        reference = reference with { Reverse = entry[word] is "reverse" };
        if (++word < entry.Count)
            entry.Remark(word, DiagnosticCodes.ExtraParameters, "this and what follows it mean nothing here; they are ignored");
        return true;
    }

    private static bool IsThere(ValueReader entry, string name)
    {
        if (Interfaces.IsKnown(entry, 0, name, "it is not tracked"))
            return true;
        entry.Context.ChildCannotStart = entry.Context.InterfaceMissing = true;
        return false;
    }

    private int? ReadWeight(ValueReader entry, int word)
    {
        if (!Any.TryRead(entry, word, out var weight))
            return null;
        if (Math.Abs((long)weight) <= limit)
            return weight;
        if (clampByOne && Math.Abs((long)weight) == limit + 1)
        {
            entry.Adjusted(word, $"{weight} is out of range; {Math.Sign(weight) * limit} is used");
            return Math.Sign(weight) * limit;
        }

        entry.InvalidNumber(word, $"{weight} is out of range", $"a number from -{limit} to {limit}");
        return null;
    }
}

using System.Text;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Generation;

/// <summary>Makes bytes for a seed: random ones, random pieces of the language, or a text of the corpus with bytes changed.</summary>
internal sealed class ByteMutator
{
    private const int LongestText = 20_000;
    private readonly byte[][] _texts =
        [
            .. Corpus.Cases.Select(static configuration => configuration.Main).OfType<byte[]>()
                .Where(static text => text.Length is > 0 and < LongestText),
        ];

    private readonly byte[][] _pieces =
    [
        .. ((string[])
        [
            "{", "}", "\"", "'", "\\", "\\\n", "\n", "\r\n", "\n\n", " ", "\t", "#", "!", "$", "${", "$A", "${A}", "$A=", "$A=$B\n", "$B=${A}${A}\n",
            "@", "@main ", "@^main ", "~",
            "~SEQ(A,1,2000) ", "~SEQ(A,2147483647) ", "~SEQ(A,-9223372036854775808,9223372036854775807) ", "~SEQx(A,0xff) ", "~LST(A,a,b,c) ",
            "~LST({A,B},{1,2},{3}) ", "${_RANDOM}", "${_RANDOM 0 99999999999}", "${_PWD}",
            "${_ENV PATH}", "${_HASH}", "${_BANG}", "include a.conf\n", "include k.conf\n", "include *\n",
            "includea {a,b}{c,{d,e}}.conf\n", "include /etc/keepalived/k.conf\n", "\0", "\u007f", "0x", "99999999999999999999", "-1", ".", "0.0000001",
            "1e9", "/", "%", "::", "fe80::1%eth0", "10.0.0.1/33",
        ]).Select(Encoding.UTF8.GetBytes),
        .. GrammarPool.All.SelectMany(static pool => pool.Lines).Select(static line => Encoding.UTF8.GetBytes(line + "\n")),
    ];

    public byte[] Make(int seed)
    {
        var random = new Random(seed);
        switch (random.Next(10))
        {
            case 0:
                var bytes = new byte[random.Next(1, 3000)];
                random.NextBytes(bytes);
                return bytes;
            case 1:
                return Pieces(random);
            default:
                var text = new List<byte>(_texts[random.Next(_texts.Length)]);
                if (random.Next(4) == 0)
                    text.AddRange(_texts[random.Next(_texts.Length)]);
                for (var count = random.Next(1, 30); count > 0; count--)
                    Mutate(text, random);
                return [.. text];
        }
    }

    private byte[] Pieces(Random random)
    {
        var text = new List<byte>();
        for (var count = random.Next(1, 100); count > 0; count--)
            text.AddRange(_pieces[random.Next(_pieces.Length)]);
        return [.. text];
    }

    private void Mutate(List<byte> text, Random random)
    {
        var at = random.Next(text.Count + 1);
        var length = Math.Min(random.Next(1, 40), text.Count - at);
        switch (random.Next(6))
        {
            case 0 when at < text.Count:
                text[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < text.Count:
                text[at] = (byte)random.Next(256);
                break;
            case 2:
                text.RemoveRange(at, length);
                break;
            case 3:
                text.InsertRange(random.Next(text.Count + 1), text.GetRange(at, length));
                break;
            default:
                text.InsertRange(at, _pieces[random.Next(_pieces.Length)]);
                break;
        }
    }
}

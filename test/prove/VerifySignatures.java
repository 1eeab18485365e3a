import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Java's own XML signature validation as a second opinion. One line on standard input names the PEM file of the root and a
 * document, with a tab between them; one line on standard output answers "good", or "bad" and why.
 */
public class VerifySignatures {
  static final CertificateFactory certificates = certificates();
  static final DocumentBuilder parser = parser();

  static CertificateFactory certificates() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      DocumentBuilder made = factory.newDocumentBuilder();
      // Its own error handler prints what it finds; the verdict says it all.
      made.setErrorHandler(null);
      return made;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The chain as it stands in KeyInfo, the signer first. */
  static List<X509Certificate> chainOf(XMLSignature signature) {
    List<X509Certificate> chain = new ArrayList<>();
    for (XMLStructure part : signature.getKeyInfo().getContent())
      if (part instanceof X509Data)
        for (Object item : ((X509Data) part).getContent())
          if (item instanceof X509Certificate) chain.add((X509Certificate) item);
    return chain;
  }

  static String verdict(X509Certificate root, String file) throws Exception {
    Document document = parser.parse(new File(file));
    NodeList found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    if (found.getLength() == 0) return "bad: no signature";
    Element element = (Element) found.item(0);
    NodeList properties = element.getElementsByTagNameNS("http://uri.etsi.org/01903/v1.3.2#", "SignedProperties");
    for (int i = 0; i < properties.getLength(); i++) ((Element) properties.item(i)).setIdAttribute("Id", true);
    XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
    DOMValidateContext none = new DOMValidateContext(KeySelector.singletonKeySelector(root.getPublicKey()), element);
    List<X509Certificate> chain = chainOf(factory.unmarshalXMLSignature(none));
    if (chain.isEmpty()) return "bad: no certificate";
    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    trust.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX").validate(certificates.generateCertPath(chain), trust);
    KeySelector key = KeySelector.singletonKeySelector(chain.get(0).getPublicKey());
    DOMValidateContext context = new DOMValidateContext(key, element);
    for (int i = 0; i < properties.getLength(); i++)
      context.setIdAttributeNS((Element) properties.item(i), null, "Id");
    XMLSignature signature = factory.unmarshalXMLSignature(context);
    if (!signature.validate(context)) return "bad: signature or digest";
    // What is not referred to, it does not look at.
    List<Reference> references = signature.getSignedInfo().getReferences();
    return references.size() == 2 ? "good" : "bad: " + references.size() + " references";
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t");
      try (InputStream pem = new FileInputStream(parts[0])) {
        out.println(verdict((X509Certificate) certificates.generateCertificate(pem), parts[1]));
      } catch (Exception e) {
        out.println("bad: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      }
    }
  }
}
